package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.chargebridge.Patience;
import org.chargebridge.ledger.WantedRoute;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What is ordered for a route holds on every node and after every restart, and what is under way is finished. */
@ExtendWith(OutputCaptureExtension.class)
class RouteOrdersTest {

    private static final Duration SOON = Patience.LONG;

    @TempDir
    Path folder;

    private RunningGateway gateway;

    @BeforeEach
    void prepare() throws IOException {
        gateway = new RunningGateway(folder, "on-failure", "check-invariants");
        gateway.settings.put("camel.main.shutdown-timeout", "60");
        timer("busy", "100", "- setBody:\n            constant: done");
        gateway.settings.put("chargebridge.invariants.schedule", "0 0 4 1 1 ? 2099");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private void timer(String id, String period, String steps) throws IOException {
        route(id, "timer:" + id + "?delay=0&period=" + period, steps);
    }

    private void route(String id, String from, String steps) throws IOException {
        Files.writeString(
                gateway.route(id),
                """
                - route:
                    id: %s
                    description: for a test
                    routeConfigurationId: on-failure
                    from:
                      uri: %s
                      steps:
                        %s
                """
                        .formatted(id, from, steps));
    }

    private RouteOrders orders() {
        return gateway.bean(RouteOrders.class);
    }

    private RouteStanding standing(String id) {
        return standing(gateway.context(), id);
    }

    private static RouteStanding standing(ConfigurableApplicationContext node, String id) {
        return node.getBean(RouteOrders.class).of(id).orElseThrow();
    }

    private RouteAnswer stop(String id) {
        return orders().order(id, WantedRoute.State.STOPPED, "anna", "the bank is closed");
    }

    private RouteAnswer start(String id) {
        return orders().order(id, WantedRoute.State.RUNNING, "berit", "open again");
    }

    private void awaitActual(String id, RouteStanding.Actual actual) {
        await().atMost(SOON).until(() -> standing(id).actual() == actual && !isBeingChanged(id));
    }

    private boolean isBeingChanged(String id) {
        return !gateway.bean(FollowedRoutes.class).isFollowed(id);
    }

    private void awaitWork(String id) {
        long before = standing(id).done();
        await().atMost(SOON).until(() -> standing(id).done() > before + 2);
    }

    private List<String> audit() {
        return gateway.database
                .jdbc()
                .sql("select actor || ' ' || action || ' ' || subject || ': ' || reason from audit_event order by id")
                .query(String.class)
                .list();
    }

    private Health health() {
        return gateway.bean(RoutesHealth.class).health();
    }

    private String healthOf(String id) {
        return String.valueOf(health().getDetails().get(id));
    }

    private Status probe(String group) {
        return gateway.bean(HealthEndpoint.class).healthForPath(group).getStatus();
    }

    @Test
    void stoppedRouteStaysStoppedUntilStartedAgain() {
        gateway.start();
        awaitWork("busy");
        assertThat(standing("busy").description()).isEqualTo("for a test");

        assertThat(stop("busy").kind()).isEqualTo(RouteAnswer.Kind.DONE);
        awaitActual("busy", RouteStanding.Actual.STOPPED);
        assertThat(standing("busy").wanted()).isEqualTo(WantedRoute.State.STOPPED);
        assertThat(standing("busy").local()).isFalse();
        assertThat(standing("busy").inFlight()).isZero();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(healthOf("busy"))
                .contains("wanted=STOPPED", "actual=STOPPED", "orderedBy=anna", "the bank is closed", "on all nodes");
        assertThat(probe("live")).isEqualTo(Status.UP);
        assertThat(probe("ready")).isEqualTo(Status.UP);

        assertThat(start("busy").kind()).isEqualTo(RouteAnswer.Kind.DONE);
        awaitActual("busy", RouteStanding.Actual.RUNNING);
        awaitWork("busy");
        assertThat(health().getDetails()).doesNotContainKey("busy");
        assertThat(audit())
                .containsExactly(
                        "anna stop route route busy: the bank is closed", "berit start route route busy: open again");
    }

    @Test
    void theSameOrderTwiceIsOne() {
        gateway.start();

        assertThat(start("busy").kind()).isEqualTo(RouteAnswer.Kind.UNCHANGED);
        stop("busy");
        assertThat(stop("busy").kind()).isEqualTo(RouteAnswer.Kind.UNCHANGED);
        awaitActual("busy", RouteStanding.Actual.STOPPED);
        assertThat(stop("busy").kind()).isEqualTo(RouteAnswer.Kind.UNCHANGED);
        assertThat(audit()).containsExactly("anna stop route route busy: the bank is closed");
    }

    @Test
    void routeThatDoesNotExistIsNotOrdered() {
        gateway.start();

        RouteAnswer answer = stop("bussy");

        assertThat(answer.kind()).isEqualTo(RouteAnswer.Kind.UNKNOWN_ROUTE);
        assertThat(answer.outcome().english()).startsWith("There is no route bussy.");
        assertThat(orders().runNow("bussy", "anna", "").kind()).isEqualTo(RouteAnswer.Kind.UNKNOWN_ROUTE);
        assertThat(audit()).isEmpty();
    }

    @Test
    void everyNodeFollows() {
        gateway.start();
        try (ConfigurableApplicationContext other = gateway.node("other")) {
            stop("busy");
            await().atMost(SOON).until(() -> standing(other, "busy").actual() == RouteStanding.Actual.STOPPED);
            awaitActual("busy", RouteStanding.Actual.STOPPED);

            other.getBean(RouteOrders.class).order("busy", WantedRoute.State.RUNNING, "anna", "");
            await().atMost(SOON).until(() -> standing(other, "busy").actual() == RouteStanding.Actual.RUNNING);
            awaitWork("busy");
        }
    }

    @Test
    void stoppedRouteIsNotEvenStartedAfterARestart(CapturedOutput output) throws IOException {
        route("ticking", "quartz://ticking/ticking?cron=0/1+*+*+*+*+?", "- setBody:\n            constant: done");
        gateway.start();
        awaitWork("ticking");
        stop("ticking");
        stop("busy");
        awaitActual("busy", RouteStanding.Actual.STOPPED);
        awaitActual("ticking", RouteStanding.Actual.STOPPED);
        gateway.stop();
        int before = output.getAll().length();

        timer("witness", "500", "- setBody:\n            constant: done");
        gateway.start();
        awaitWork("witness");
        assertThat(standing("busy").done()).isZero();
        assertThat(standing("ticking").done()).isZero();
        assertThat(standing("busy").actual()).isEqualTo(RouteStanding.Actual.STOPPED);
        assertThat(standing("busy").local()).isFalse();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(output.getAll().substring(before))
                .contains("busy is not started: anna ordered it to stop (the bank is closed)")
                .doesNotContain("ERROR", "\tat ");

        start("ticking");
        awaitActual("ticking", RouteStanding.Actual.RUNNING);
        awaitWork("ticking");
    }

    @Test
    void gatewayWhoseRoutesWereAllStoppedByOrderStarts() {
        gateway.start();
        orders().all().forEach(route -> stop(route.id()));
        gateway.stop();

        gateway.start();

        assertThat(orders().all()).isNotEmpty().allMatch(route -> route.actual() == RouteStanding.Actual.STOPPED);
    }

    @Test
    void localStopStaysUntilTheNextOrderAndHealthSaysSo() throws Exception {
        gateway.start();
        timerHasSettled();
        gateway.bean(CamelContext.class).getRouteController().stopRoute("busy");

        assertThat(standing("busy").local()).isTrue();
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(healthOf("busy")).contains("wanted=RUNNING", "actual=STOPPED", "stopped on this node only");
        assertThat(probe("live")).isEqualTo(Status.UP);
        assertThat(probe("ready")).isEqualTo(Status.UP);
        // An order for another route has every node look, and changes nothing here.
        stop("check-invariants");
        awaitActual("check-invariants", RouteStanding.Actual.STOPPED);
        assertThat(standing("busy").actual()).isEqualTo(RouteStanding.Actual.STOPPED);

        assertThat(start("busy").kind()).isEqualTo(RouteAnswer.Kind.DONE);
        awaitActual("busy", RouteStanding.Actual.RUNNING);
        assertThat(health().getStatus()).isEqualTo(Status.UP);

        gateway.bean(CamelContext.class).getRouteController().startRoute("check-invariants");
        assertThat(healthOf("check-invariants")).contains("started on this node only");
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    }

    private void timerHasSettled() {
        awaitWork("busy");
    }

    @Test
    void whatIsUnderWayIsFinished() throws IOException {
        timer(
                "slow",
                "100",
                "- delay:\n            expression:\n              constant:\n                expression: \"1500\"");
        gateway.start();
        long done = standing("slow").done();
        await().atMost(SOON).until(() -> standing("slow").inFlight() > 0);

        stop("slow");
        awaitActual("slow", RouteStanding.Actual.STOPPED);

        assertThat(standing("slow").done()).isGreaterThan(done);
        assertThat(standing("slow").failed()).isZero();
        assertThat(standing("slow").inFlight()).isZero();
    }

    @Test
    void routeThatGoesOnWhileThereIsWorkEndsWhenItIsStopped() throws IOException {
        timer(
                "endless",
                "100",
                """
                - loopDoWhile:
                            simple: "${bean:gatewayStop?method=isRequested} == false"
                            steps:
                              - delay:
                                  expression:
                                    constant:
                                      expression: "50"
                """
                        .replace("loopDoWhile:", "loop:\n            doWhile: true"));
        gateway.start();
        await().atMost(SOON).until(() -> standing("endless").inFlight() > 0);

        stop("endless");

        awaitActual("endless", RouteStanding.Actual.STOPPED);
        assertThat(standing("endless").done()).isPositive();
        assertThat(standing("endless").failed()).isZero();
    }

    @Test
    void chargesAreSentAgainAfterTheirRouteWasStopped() throws IOException {
        for (String id : List.of("wake-senders", "send-charges")) {
            Files.copy(Path.of("routes", id + ".camel.yaml"), gateway.route(id));
        }
        gateway.start();
        awaitWork("send-charges");
        for (int round = 0; round < 2; round++) {
            stop("send-charges");
            awaitActual("send-charges", RouteStanding.Actual.STOPPED);
            awaitWork("wake-senders");
            start("send-charges");
            awaitActual("send-charges", RouteStanding.Actual.RUNNING);
            awaitWork("send-charges");
        }
    }

    @Test
    void failuresAreCountedAndTheLastIsShown() throws IOException {
        timer(
                "failing",
                "200",
                """
                - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: nothing works
                """);
        gateway.start();

        await().atMost(SOON).until(() -> standing("failing").failed() > 1);
        assertThat(standing("failing").lastFailure().orElseThrow().what())
                .isEqualTo("IllegalStateException: nothing works");
        assertThat(standing("failing").done()).isZero();
    }

    @Test
    void scheduledRouteRunsNowWhenAskedTo() {
        gateway.start();
        assertThat(standing("check-invariants").schedule()).contains("0 0 4 1 1 ? 2099");

        RouteAnswer answer = orders().runNow("check-invariants", "anna", "the auditor waits");

        assertThat(answer.kind()).isEqualTo(RouteAnswer.Kind.DONE);
        await().atMost(SOON).until(() -> standing("check-invariants").done() == 1);
        assertThat(audit()).containsExactly("anna run route route check-invariants: the auditor waits");

        assertThat(orders().runNow("busy", "anna", "").outcome().english()).startsWith("busy has no schedule");
        stop("check-invariants");
        awaitActual("check-invariants", RouteStanding.Actual.STOPPED);
        assertThat(orders().runNow("check-invariants", "anna", "").outcome().english())
                .isEqualTo("check-invariants is stopped. Start it first.");
        assertThat(audit()).hasSize(2);
    }

    @Test
    void scheduledRouteRunsNowAlsoAfterItsTimesWereChanged() {
        gateway.start();
        gateway.stop();
        gateway.settings.put("chargebridge.invariants.schedule", "0 0 5 1 1 ? 2099");
        gateway.start();
        assertThat(standing("check-invariants").schedule()).contains("0 0 5 1 1 ? 2099");

        assertThat(orders().runNow("check-invariants", "anna", "").kind()).isEqualTo(RouteAnswer.Kind.DONE);

        await().atMost(SOON).until(() -> standing("check-invariants").done() == 1);
    }

    @Test
    void routeWhoseScheduleAnotherNodeTookOutOfTheTablesIsToldUntilItIsThereAgain() throws Exception {
        gateway.start();
        LostSchedules lost = gateway.bean(LostSchedules.class);
        lost.look();
        assertThat(health().getStatus()).isEqualTo(Status.UP);

        org.quartz.Scheduler scheduler = gateway.bean(org.quartz.Scheduler.class);
        var key = new org.quartz.TriggerKey("check-invariants", "check-invariants");
        org.quartz.Trigger trigger = scheduler.getTrigger(key);
        org.quartz.JobDetail job = scheduler.getJobDetail(trigger.getJobKey());
        scheduler.deleteJob(trigger.getJobKey());
        lost.look();
        assertThat(health().getStatus()).as("it may be put back at once").isEqualTo(Status.UP);
        lost.look();
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(healthOf("check-invariants")).contains("not known to the scheduler", "same settings");
        assertThat(probe("ready")).isEqualTo(Status.UP);

        scheduler.scheduleJob(job, trigger);
        lost.look();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void pollOfAChannelRunsNowWhenAskedToAndIsStopped() throws IOException {
        Files.copy(Path.of("routes", "fetch-invoices.camel.yaml"), gateway.route("fetch-invoices"));
        gateway.settings.put("chargebridge.channels.demo.sftp.poll-interval", "1h");
        gateway.start();
        String id = "fetch-invoices.demo";
        assertThat(standing(id).description()).startsWith("Fetches invoice files");
        assertThat(standing(id).channel()).contains("demo");
        var polls = gateway.bean(org.chargebridge.intake.ChannelPolls.class).of("demo");

        assertThat(orders().runNow(id, "anna", "").kind()).isEqualTo(RouteAnswer.Kind.DONE);
        await().atMost(SOON).until(() -> polls.state().outcome() == org.chargebridge.intake.PollState.Outcome.WORKS);

        stop(id);
        awaitActual(id, RouteStanding.Actual.STOPPED);
        start(id);
        awaitActual(id, RouteStanding.Actual.RUNNING);
    }
}

package org.chargebridge.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.chargebridge.channel.ChannelBuilder.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.chargebridge.channel.Channel;
import org.chargebridge.ledger.Events;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusReportsTest {

    private static final int ORDER_ID = 7;
    private static final int ACTION = 10;

    private final ReportingRig rig = new ReportingRig(
            channel().language("da"),
            channel()
                    .name("quiet")
                    .reports(r -> new Channel.Reports(List.of("0 0 6 * * ?"), Channel.StatusFormat.CSV, false)),
            channel()
                    .name("often")
                    .reports(r -> new Channel.Reports(
                            List.of("0 0 6 * * ?", "0 0/10 * * * ?"), Channel.StatusFormat.JSON_LINES, true)));

    @AfterEach
    void close() {
        rig.close();
    }

    private long sample(String channel) {
        long file = rig.file(channel, "invoices.csv");
        for (int position = 2; position <= 7; position++) {
            rig.accepted(file, position, "100" + position, 10_000L + position, Optional.empty());
        }
        rig.change(file, 2, channel, "CHARGED", Map.of("amount_captured", 10_002L, "transaction_id", "5001419121"));
        rig.change(file, 3, channel, "FAILED", Map.of("failure_reason", "user_action_required"));
        rig.change(file, 4, channel, "UNCONFIRMED", Map.of());
        rig.change(
                file, 5, channel, "REFUSED", Map.of("reason_code", "REFUSED_BY_API", "reason_arguments", new String[] {
                    "400", "Agreement is not active"
                }));
        rig.change(file, 6, channel, "FAILED", Map.of("failure_reason", "a_new_word"));
        rig.change(file, 7, channel, "PENDING", Map.of("reportable", false));
        return file;
    }

    @Test
    void aReportLooksLikeTheSample() throws IOException {
        sample("demo");
        rig.clock.moveTo("2026-11-21T05:00:00Z");

        rig.statusReports.write("demo");

        assertThat(rig.names()).containsExactly("status-demo-1-20261121T050000Z.csv");
        GoldenFile.assertSame("status-demo-1-20261121T050000Z.csv", rig.bytes("status-demo-1-20261121T050000Z.csv"));
    }

    @Test
    void anAgreementThatEndedHasARowOfItsOwnAndTheLinesTellHowTheirsStands() {
        long file = rig.file("demo", "invoices.csv");
        rig.accepted(file, 2, "1002", 10_002L, Optional.empty());
        rig.change(file, 2, "demo", "CHARGED", Map.of("amount_captured", 10_002L));
        rig.jdbc()
                .sql(
                        """
                        insert into agreement (msn, agreement_id, status, external_id, changed_at)
                        values ('123456', 'agr_demo0001', 'STOPPED', 'K-1', now())
                        """)
                .update();
        new Events(rig.jdbc(), rig.clock).recordAgreement("demo", "123456", "agr_demo0001", "STOPPED");
        rig.clock.moveTo("2026-11-21T05:00:00Z");

        rig.statusReports.write("demo");

        String report = new String(rig.bytes("status-demo-1-20261121T050000Z.csv"), StandardCharsets.UTF_8);
        List<String> rows = report.lines().skip(1).toList();
        assertThat(rows.get(0)).contains(";agr_demo0001;STOPPED;").contains(";CHARGED;");
        assertThat(rows.get(1))
                .isEqualTo(
                        ";;;;;agr_demo0001;STOPPED;;K-1;;agreement;STOPPED;;;;;;;;NOK;;;;;2026-11-20T10:00:00+01:00");
        assertThat(rows.get(2)).contains(";2;").contains(";control;").contains("100.02");
    }

    @Test
    void aReportInJsonLinesLooksLikeTheSample() throws IOException {
        sample("often");
        rig.clock.moveTo("2026-11-20T09:14:00Z");

        rig.statusReports.write("often");

        assertThat(rig.names()).containsExactly("status-often-1-20261120T091000Z.jsonl");
        GoldenFile.assertSame(
                "status-often-1-20261120T091000Z.jsonl", rig.bytes("status-often-1-20261120T091000Z.jsonl"));
    }

    @Test
    void aWakeUpBeforeTheFirstFireTimeMakesNothing() {
        rig.statusReports.write("demo");
        sample("demo");
        rig.clock.moveTo("2026-11-21T04:59:59Z");

        rig.statusReports.write("demo");

        assertThat(rig.names()).isEmpty();
    }

    @Test
    void aReportIsMadeOnceHoweverOftenTheRouteIsWokenUp() {
        sample("demo");
        rig.clock.moveTo("2026-11-21T05:00:00Z");
        rig.statusReports.write("demo");
        rig.clock.moveTo("2026-11-21T22:00:00Z");
        rig.statusReports.write("demo");
        rig.statusReports.write("demo");

        assertThat(rig.names()).hasSize(1);
    }

    @Test
    void oneReportCoversTheGapAfterAnOutageAndNamesTheOneBefore() {
        long file = sample("demo");
        rig.clock.moveTo("2026-11-21T05:00:01Z");
        rig.statusReports.write("demo");
        rig.clock.moveTo("2026-11-22T09:00:00Z");
        rig.change(file, 4, "demo", "CHARGED", Map.of("amount_captured", 10_004L));
        rig.clock.moveTo("2026-11-26T12:00:00Z");

        rig.statusReports.write("demo");

        assertThat(rig.names())
                .containsExactly("status-demo-1-20261121T050000Z.csv", "status-demo-2-20261126T050000Z.csv");
        List<List<String>> rows = rig.rows("status-demo-2-20261126T050000Z.csv");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).contains("demo-1004-" + file, "CHARGED", "2026-11-22T10:00:00+01:00");
        List<String> control = rows.get(2);
        assertThat(control.get(0)).isEqualTo("status-demo-2-20261126T050000Z.csv");
        assertThat(control.get(1)).isEqualTo("1");
        assertThat(control.get(ORDER_ID)).isEqualTo("2");
        assertThat(control.get(ORDER_ID + 1)).isEqualTo("1");
        assertThat(control.get(ACTION)).isEqualTo("control");
        assertThat(control).contains("100.04", "2026-11-26T06:00:00+01:00");
    }

    @Test
    void whatChangesAfterTheFireTimeWaitsForTheNextReport() {
        long file = sample("demo");
        rig.clock.moveTo("2026-11-21T05:00:01Z");
        rig.change(file, 7, "demo", "CHARGED", Map.of());

        rig.statusReports.write("demo");

        assertThat(rig.text("status-demo-1-20261121T050000Z.csv")).doesNotContain("demo-1007-");
        rig.clock.moveTo("2026-11-22T05:00:00Z");
        rig.statusReports.write("demo");
        assertThat(rig.text("status-demo-2-20261122T050000Z.csv")).contains("demo-1007-");
    }

    @Test
    void anEmptyReportIsWrittenUnlessSwitchedOff() {
        for (String channel : List.of("demo", "quiet")) {
            sample(channel);
        }
        for (String day : List.of("21", "22")) {
            rig.clock.moveTo("2026-11-" + day + "T05:00:00Z");
            rig.statusReports.write("demo");
            rig.statusReports.write("quiet");
        }

        assertThat(rig.names())
                .containsExactly(
                        "status-demo-1-20261121T050000Z.csv",
                        "status-quiet-1-20261121T050000Z.csv",
                        "status-demo-2-20261122T050000Z.csv");
        assertThat(rig.rows("status-demo-2-20261122T050000Z.csv")).hasSize(2);
    }

    @Test
    void aDispatchsEventStandsForItsLinesThatHaveNoChargeOfTheirOwn() {
        rig.withoutEvents();
        long file = rig.file("demo", "invoices.csv");
        for (int position = 2; position <= 4; position++) {
            rig.accepted(file, position, "100" + position, 10_000, Optional.empty());
        }
        rig.jdbc()
                .sql(
                        """
                        with d as (
                            insert into dispatch (msn, kind, state, idempotency_key, path, body_sha256, line_count,
                                earliest_due, created_at)
                            values ('123456', 'BATCH', 'ACCEPTED', 'k', '/', '', 3, '2026-12-01', now()) returning id),
                        b as (
                            insert into block (file_id, first_position, last_position, line_count, msn, channel,
                                earliest_due, recorded_at, dispatch_id)
                            select ?, 2, 4, 3, '123456', 'demo', '2026-12-01', now(), id from d),
                        c as (
                            insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, due,
                                retry_days, changed_at)
                            values (?, 3, 'demo-1003', '123456', 'demo', 'agr_demo0001', 'CHARGED', '2026-12-01', 5,
                                now()))
                        insert into event (occurred_at, channel, msn, dispatch_id, status, reportable)
                        select '2026-11-20T10:00:00Z', 'demo', '123456', id, 'UNCONFIRMED', true from d
                        """)
                .params(file, file)
                .update();
        rig.clock.moveTo("2026-11-21T05:00:00Z");

        rig.statusReports.write("demo");

        assertThat(rig.text(rig.names().get(0)))
                .contains("demo-1002-" + file, "demo-1004-" + file)
                .doesNotContain("demo-1003-" + file);
    }

    @Test
    void twoNodesAtOnceMakeOneReport() throws Exception {
        sample("demo");
        rig.clock.moveTo("2026-11-21T05:00:00Z");
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> writes = Collections.nCopies(8, () -> {
                rig.statusReports.write("demo");
                return null;
            });
            for (Future<Void> write : nodes.invokeAll(writes)) {
                write.get();
            }
        } finally {
            nodes.shutdownNow();
        }

        assertThat(rig.names()).hasSize(1);
        assertThat(rig.rows(rig.names().get(0))).hasSize(1 + 5 + 1);
    }

    @Test
    void eachChangeIsInExactlyOneReportWhileOthersKeepWriting() throws Exception {
        long file = rig.file("often", "invoices.csv");
        rig.accepted(file, 2, "1001", 100, Optional.empty());
        int writers = 3;
        int changesOfEach = 60;
        AtomicBoolean writing = new AtomicBoolean(true);
        AtomicInteger reports = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
        try {
            List<Future<?>> written = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                written.add(threads.submit(() -> {
                    for (int n = 0; n < changesOfEach; n++) {
                        if (n % 10 == 9) {
                            // Reports are made in between, however the threads take their turns.
                            int before = reports.get();
                            await().until(() -> reports.get() > before + 1);
                        }
                        // A transaction that stays open a while: its change is older than reports made meanwhile.
                        rig.database.transactions().executeWithoutResult(status -> {
                            rig.change(file, 2, "often", "CHARGED", Map.of());
                            rig.jdbc().sql("select pg_sleep(0.002)").query(row -> {});
                        });
                    }
                }));
            }
            Future<?> reporting = threads.submit(() -> {
                while (writing.get()) {
                    rig.tick(java.time.Duration.ofMinutes(10));
                    rig.statusReports.write("often");
                    reports.incrementAndGet();
                }
            });
            for (Future<?> each : written) {
                each.get();
            }
            writing.set(false);
            reporting.get();
        } finally {
            threads.shutdownNow();
        }
        rig.tick(java.time.Duration.ofMinutes(10));
        rig.statusReports.write("often");

        long told = rig.names().stream()
                .mapToLong(name -> rig.text(name)
                        .lines()
                        .filter(line -> line.contains("\"CHARGED\""))
                        .count())
                .sum();
        assertThat(rig.names()).hasSizeGreaterThan(3);
        assertThat(told).isEqualTo((long) writers * changesOfEach);
        assertThat(rig.jdbc()
                        .sql("select count(*) from event where report_id is null")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}

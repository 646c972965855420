package org.chargebridge.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chargebridge.console.ConsoleGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineToolTest {

    private record Done(int code, String out, String err) {}

    @TempDir
    static Path home;

    private static ConsoleGateway gateway;
    private static Path password;

    @BeforeAll
    static void start() throws IOException {
        gateway = new ConsoleGateway(home.resolve("gateway")).start();
        password = Files.writeString(home.resolve("password"), ConsoleGateway.PASSWORD + "\n");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Done run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CommandLineTool.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Done(code, out.toString(), err.toString());
    }

    private static Done as(String user, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", gateway.at("").toString(), "--user", user, "--password-file", password.toString()));
        return run(all.toArray(String[]::new));
    }

    @Test
    void aListIsATable() {
        Done done = as("the-viewer", "routes", "list");

        assertThat(done.err()).isEmpty();
        assertThat(done.code()).isZero();
        assertThat(done.out().lines().findFirst().orElse("")).startsWith("ID").contains("DESCRIPTION");
        assertThat(done.out()).contains("fetch-invoices.visma").contains("RUNNING");
    }

    @Test
    void todayTellsHowEachChannelStands() {
        Done done = as("the-viewer", "overview");

        assertThat(done.out()).contains("STANDING.CHANNEL", "STANDING.LETTERS", "visma");
    }

    @Test
    void everyVerbTellsHowItIsWritten() {
        Done done = run("deadletters", "redrive", "--help");

        assertThat(done.code()).isZero();
        assertThat(done.out()).contains("--reason").contains("Tries again after the cause was mended");
    }

    @Test
    void forProgramsTheAnswerIsGivenAsItCame() {
        Done done = as("the-viewer", "overview", "--json");

        assertThat(done.out()).contains("\"channel\" : \"visma\"");
    }

    @Test
    void anOrderIsCarriedOutAndAudited() {
        Done stopped = as("the-operator", "routes", "stop", "write-queries.visma", "--reason", "a test");
        assertThat(stopped.out()).contains("wanted stopped");
        assertThat(stopped.code()).isZero();
        assertThat(as("the-viewer", "routes", "show", "write-queries.visma").out())
                .contains("order.orderedBy: the-operator");

        assertThat(as("the-operator", "routes", "start", "write-queries.visma", "--reason", "the end")
                        .code())
                .isZero();
        assertThat(as("the-viewer", "audit", "list").out())
                .contains("stop route")
                .contains("a test")
                .contains("start route");
    }

    @Test
    void whatTheRoleForbidsIsRefused() {
        Done done = as("the-viewer", "routes", "stop", "send-charges", "--reason", "curious");

        assertThat(done.code()).isEqualTo(5);
        assertThat(done.err()).contains("your user has not the role");
    }

    @Test
    void whatIsNotThereIsToldInASentence() {
        Done done = as("the-operator", "routes", "stop", "send-money", "--reason", "curious");

        assertThat(done.code()).isEqualTo(6);
        assertThat(done.err()).contains("There is no route send-money.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "deadletters", "approvals", "reports"})
    void aMisspeltChannelIsNotTakenForOneThatHasNothing(String what) {
        Done done = as("the-viewer", what, "list", "--channel", "vsima");

        assertThat(done.code()).isEqualTo(6);
        assertThat(done.err()).contains("There is no such channel. These are configured: visma");
    }

    @Test
    void aStateMayBeWrittenInSmallLetters() {
        assertThat(as("the-viewer", "files", "list", "--state", "held").err()).isEmpty();
    }

    @Test
    void theChainOfTheAuditTrailIsVerified() {
        assertThat(as("the-operator", "routes", "run", "send-charges", "--reason", "none")
                        .code())
                .isEqualTo(1);
        Done done = as("the-viewer", "audit", "verify");

        assertThat(done.code()).isZero();
        assertThat(done.out()).contains("head: ");
    }

    @Test
    void aDirectoryIsNoFileToTry() {
        Done done = as("the-viewer", "files", "dry-run", home.toString(), "--channel", "visma");

        assertThat(done.code()).isEqualTo(CommandLineTool.REFUSED);
        assertThat(done.err()).contains("There is no file").contains("that can be read");
    }

    @Test
    void aPasswordFileMayBeOneOfWindows() throws IOException {
        Path marked = Files.writeString(home.resolve("marked"), "\uFEFF" + ConsoleGateway.PASSWORD + "\r\n");

        Done done = run(
                "routes",
                "list",
                "--url",
                gateway.at("").toString(),
                "--user",
                "the-viewer",
                "--password-file",
                marked.toString());

        assertThat(done.code()).as(done.err()).isZero();
    }

    @Test
    void aTargetThatIsThereIsToldBeforeAnythingIsFetched() {
        Done done = as("the-viewer", "files", "download", "1", "--to", password.toString());

        assertThat(done).isEqualTo(new Done(1, "", password + " is there already; nothing was fetched.\n"));
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        Path folder = home.resolve("missing");
        Done done = as(
                "the-viewer",
                "files",
                "download",
                "1",
                "--to",
                folder.resolve("a-file").toString());

        assertThat(done).isEqualTo(new Done(1, "", "There is no folder " + folder + " to write a-file into.\n"));
    }

    @Test
    void theWrongPortOfAGatewayIsNotTakenForSomethingThatIsMissing() {
        Done done = run(
                "overview",
                "--url",
                gateway.at("/operator").toString(),
                "--user",
                "the-viewer",
                "--password-file",
                password.toString());

        assertThat(done.err()).contains("knows no such address. Is --url that of a gateway?");
    }

    @Test
    void whyAnOrderWasStoppedStandsInTheAuditTrail() {
        gateway.world
                .ledger()
                .sql("insert into bulk_order (decision, actor, roles, reason, chosen, state, created_at) values"
                        + " ('REDRIVE', 'the-operator', '{OPERATOR}', 'x', 'x', 'DONE', now())")
                .update();
        long order = gateway.world
                .ledger()
                .sql("select max(id) from bulk_order")
                .query(Long.class)
                .single();

        as("the-operator", "bulk", "stop", String.valueOf(order), "--reason", "the wrong ones");

        assertThat(as("the-viewer", "audit", "list", "--text", "bulk order " + order)
                        .out())
                .contains("the wrong ones");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overview",
                "files list --channel visma --name x --state RECORDED",
                "files show 999999",
                "files lines 999999 --answer HELD",
                "files dry-run pom.xml --channel visma",
                "charges find --invoice X --channel visma",
                "charges find --customer C1 --amount 199,50",
                "charges show X",
                "deadletters list --kind CHARGE --cause AGREEMENT_UNKNOWN --state ANY",
                "deadletters show 999999",
                "deadletters redrive 999999 --reason x",
                "deadletters discard 999999 --reason x",
                "deadletters look-up 999999 --reason x",
                "deadletters correct-due-date 999999 --due 2026-12-01 --reason x",
                "deadletters correct-agreement 999999 --agreement agr_x --reason x",
                "bulk start --decision redrive --channel visma --cause AGREEMENT_UNKNOWN --reason x",
                "bulk list",
                "bulk show 999999",
                "bulk stop 999999 --reason x",
                "approvals list --all",
                "approvals show 999999",
                "approvals ask 999999 --reason x",
                "approvals approve 999999 --reason x",
                "approvals refuse 999999 --reason x",
                "reports list --channel visma --from 2026-11-01 --to 2026-11-30 --before 999999 --limit 5",
                "reports download 999999 --to target/no-such-report",
                "reports again 999999 --reason x",
                "routes show send-charges",
                "routes run send-charges --reason x",
                "audit list --actor the-admin --text routes --limit 5",
                "audit verify",
                "erase --customer C999 --channel visma",
                "erase --customer C999 --channel visma --reason ticket"
            })
    void everyVerbAsksForSomethingThatThereIs(String command) {
        Done done = as("the-admin", command.split(" "));

        assertThat(done.code()).as(done.err()).isIn(0, 1, 6);
        assertThat(done.err())
                .doesNotContain("The gateway answered")
                .doesNotContain("static resource")
                .doesNotContain("Failed to")
                .doesNotContain("Method")
                .doesNotContain("has not the role");
        assertThat(done.code() == 0 ? done.out() : done.err()).isNotBlank();
    }

    @Test
    void aGatewayThatIsNotThereIsToldApart() {
        Done done =
                run("overview", "--url", "http://127.0.0.1:1", "--user", "x", "--password-file", password.toString());

        assertThat(done.code()).isEqualTo(3);
        assertThat(done.err()).contains("was not reached");
    }

    @Test
    void whatIsNotUnderstoodShowsHowToWriteIt() {
        Done done = run("routes", "stop", "send-charges");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("--reason");
    }

    @Test
    void lettersThatTheLocaleLosesAreNotPassedOn() {
        Done done = as(
                "the-operator", "routes", "stop", "write-queries.visma", "--reason", "p\uFFFD\uFFFD vegne av banken");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("LC_ALL=C.UTF-8");
        assertThat(as("the-viewer", "audit", "list").out()).doesNotContain("vegne av banken");
    }

    @Test
    void whereTheShellHasNoLocaleAllLettersAreWrittenNevertheless() {
        System.setProperty("an.encoding", "ANSI_X3.4-1968");
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        CommandLineTool.writer(new PrintStream(written, true), "an.encoding").println("Østfold");

        assertThat(written.toString(StandardCharsets.UTF_8)).startsWith("Østfold");
    }

    @Test
    void settingsStartTheGatewayAndCommandsDoNot() {
        assertThat(CommandLineTool.isMeant()).isFalse();
        assertThat(CommandLineTool.isMeant("--server.port=81")).isFalse();
        assertThat(CommandLineTool.isMeant("routes", "list")).isTrue();
        assertThat(CommandLineTool.isMeant("--help")).isTrue();
        assertThat(CommandLineTool.isMeant("--url=http://127.0.0.1:8081", "overview"))
                .isTrue();
        assertThat(CommandLineTool.isMeant("--url", "http://127.0.0.1:8081", "overview"))
                .isTrue();
        assertThat(CommandLineTool.isMeant("overveiw")).isTrue();
        assertThat(CommandLineTool.isMeant("--spring.profiles.active=demo", "--debug"))
                .isFalse();
    }
}

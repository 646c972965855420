package org.chargebridge.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Alarm.Amount;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.AlarmNotices.Notice;
import org.chargebridge.ledger.AlarmNotices.Way;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a person must know is told once, to everybody who is set up, and once more when it is over. */
@ExtendWith(OutputCaptureExtension.class)
class AlarmTest {

    private static final Finding HOST_KEY =
            Finding.of(Kind.HOST_KEY_CHANGED, "demo", "demo").at("demo");
    private static final Finding GAP = Finding.of(Kind.SETTLEMENT_GAP, "302321", "302321", 17);

    private AlarmRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new AlarmRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static Finding refused(int file) {
        return Finding.of(Kind.FILE_REFUSED, String.valueOf(file), "invoices-" + file + ".csv", "visma")
                .at("visma")
                .named("invoices-" + file + ".csv")
                .with(Optional.of(new Amount(123_450, "NOK")))
                .because(Optional.of(Reason.of(ReasonCode.FILE_EMPTY)));
    }

    @Test
    void causeIsMailedOnceHoweverOftenItIsSeenAndItsEndIsMailedOnce() {
        rig.wrong.add(HOST_KEY);
        rig.wakeUp();
        rig.wakeUp();
        rig.wakeUp();
        assertThat(rig.subjects()).containsExactly("Chargebridge: SFTP host key changed (demo)");

        rig.wrong.clear();
        rig.wakeUp();
        rig.wakeUp();
        assertThat(rig.subjects())
                .containsExactly(
                        "Chargebridge: SFTP host key changed (demo)",
                        "Chargebridge: SFTP host key changed (demo): over");

        rig.wrong.add(HOST_KEY);
        rig.wakeUp();
        assertThat(rig.subjects()).hasSize(3);
    }

    @Test
    void mailSaysChannelFileAmountAndWhatToDo() {
        rig.wrong.add(refused(1));
        rig.wakeUp();

        assertThat(rig.body(0))
                .startsWith(
                        """
                        File refused

                        The file invoices-1.csv of channel visma was refused as a whole; nothing of it is charged. The file holds no lines.
                        Check the export and send the file again under a new name.

                        Channel: visma
                        File: invoices-1.csv
                        Amount: 1234.50 NOK
                        Since:\s""")
                .contains(" Europe/Oslo\n");
    }

    @Test
    void mailIsWrittenInTheLanguageThatIsSet() {
        rig.language = "nb";
        rig.wrong.add(refused(1));
        rig.wakeUp();

        assertThat(rig.subjects()).containsExactly("Chargebridge: Fil avvist (visma)");
        assertThat(rig.body(0)).contains("Beløp: 1234,50 NOK");
    }

    @Test
    void stormIsOneMailInAMinute() {
        rig.atMostEvery = Duration.ofMinutes(1);
        rig.wrong.add(HOST_KEY);
        rig.wakeUp();
        for (int file = 1; file <= 40; file++) {
            rig.wrong.add(refused(file));
            rig.wakeUp();
        }
        assertThat(rig.subjects()).hasSize(1);

        rig.wrong.remove(HOST_KEY);
        rig.wakeUp();
        rig.later(Duration.ofMinutes(1));
        rig.wakeUp();
        rig.wakeUp();
        assertThat(rig.subjects())
                .containsExactly("Chargebridge: SFTP host key changed (demo)", "Chargebridge: 40 alarms, 1 over");
        assertThat(rig.body(1)).contains("invoices-1.csv", "invoices-40.csv", "Over: SFTP host key changed");
    }

    @Test
    void whatMendsItselfAtOnceIsNobodysConcern() {
        rig.hold = Duration.ofSeconds(30);
        rig.wrong.add(HOST_KEY);
        rig.wakeUp();
        rig.wrong.clear();
        rig.wakeUp();
        rig.later(Duration.ofMinutes(5));
        rig.wakeUp();
        assertThat(rig.subjects()).isEmpty();

        rig.wrong.add(HOST_KEY);
        rig.wakeUp();
        rig.later(Duration.ofSeconds(30));
        rig.wakeUp();
        assertThat(rig.subjects()).hasSize(1);

        rig.wrong.clear();
        rig.wakeUp();
        rig.wrong.add(HOST_KEY);
        rig.wakeUp();
        rig.later(Duration.ofMinutes(5));
        rig.wakeUp();
        assertThat(rig.subjects()).hasSize(1);
    }

    @Test
    void mailServerThatIsAwayIsTriedUntilItWorksAndNothingIsLost(CapturedOutput output) {
        int port = rig.mails.getSmtp().getPort();
        AlarmTelling telling = rig.telling("one");
        rig.mails.getSmtp().stopService();
        rig.wrong.add(HOST_KEY);
        rig.watch("one").look();
        telling.tell();
        rig.wrong.add(GAP);
        rig.watch("one").look();
        for (int attempt = 0; attempt < 5; attempt++) {
            rig.later(Duration.ofMinutes(10));
            telling.tell();
        }
        assertThat(output.getAll()).containsOnlyOnce("Alarms cannot be told by mail");
        assertThat(output.getAll()).doesNotContain("operations@example.com");

        try (var mended = new Mended(port)) {
            rig.later(Duration.ofMinutes(10));
            telling.tell();
            telling.tell();
            assertThat(mended.subjects()).containsExactly("Chargebridge: 2 alarms, 0 over");
        }
        assertThat(output.getAll()).containsOnlyOnce("Alarms by mail reach their receiver again");
    }

    @Test
    void nodeThatDiesBeforeItSendsLeavesItToTheNext() {
        rig.wrong.add(HOST_KEY);
        rig.watch("one").look();
        try {
            rig.telling("one", new Dying(rig)).tell();
        } catch (IllegalStateException killed) {
            assertThat(killed).hasMessage("killed");
        }
        rig.telling("two").tell();
        assertThat(rig.subjects()).isEmpty();

        rig.later(Duration.ofMinutes(10));
        rig.watch("two").look();
        rig.telling("two").tell();
        rig.telling("one").tell();
        assertThat(rig.subjects()).hasSize(1);
    }

    @Test
    void twoNodesAtOnceTellItOnce() throws InterruptedException {
        rig.wrong.add(HOST_KEY);
        rig.wrong.add(GAP);
        List<Thread> nodes = List.of("one", "two", "three").stream()
                .map(node -> new Thread(() -> {
                    for (int look = 0; look < 5; look++) {
                        rig.watch(node).look();
                        rig.telling(node).tell();
                    }
                }))
                .toList();
        nodes.forEach(Thread::start);
        for (Thread node : nodes) {
            node.join();
        }
        assertThat(rig.subjects()).hasSize(1);
    }

    @Test
    void whatOneNodeFindsAtItselfIsNotEndedByAnotherThatDoesNot() {
        rig.wrongHere.add(HOST_KEY);
        rig.watch("one").look();
        rig.wrongHere.clear();
        rig.watch("two").look();
        rig.telling("two").tell();
        assertThat(rig.subjects()).containsExactly("Chargebridge: SFTP host key changed (demo)");

        rig.later(Duration.ofMinutes(10));
        rig.watch("two").look();
        rig.watch("two").look();
        rig.telling("two").tell();
        assertThat(rig.subjects()).hasSize(2);
    }

    @Test
    void webhookGetsSignedJson() throws Exception {
        rig.byMail = false;
        rig.byWebhook = true;
        rig.wrong.add(refused(7));
        rig.wakeUp();
        rig.wakeUp();

        assertThat(rig.subjects()).isEmpty();
        assertThat(rig.posts).hasSize(1);
        AlarmRig.Post post = rig.posts.get(0);
        JsonNode alarm = new ObjectMapper().readTree(post.body()).at("/alarms/0");
        assertThat(alarm.at("/state").asText()).isEqualTo("raised");
        assertThat(alarm.at("/kind").asText()).isEqualTo("file-refused");
        assertThat(alarm.at("/file").asText()).isEqualTo("invoices-7.csv");
        assertThat(alarm.at("/amount").asText()).isEqualTo("1234.50");
        assertThat(alarm.at("/text").asText()).contains("refused as a whole");
        String timestamp = post.headers().get(AlarmWebhook.TIMESTAMP).get(0);
        assertThat(post.headers().get(AlarmWebhook.SIGNATURE))
                .containsExactly("sha256=" + hmac(timestamp, post.body()));
    }

    private static String hmac(String timestamp, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("signing secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void webhookThatIsRefusedIsSentAgainAndItsAddressIsNotLogged(CapturedOutput output) {
        rig.byMail = false;
        rig.byWebhook = true;
        rig.answer = 500;
        rig.wrong.add(HOST_KEY);
        rig.wakeUp();
        rig.answer = 204;
        rig.later(Duration.ofMinutes(10));
        rig.wakeUp();
        rig.wakeUp();

        assertThat(rig.posts).hasSize(2);
        assertThat(output.getAll()).contains("its receiver answers HTTP 500").doesNotContain("s3cr3t");
    }

    @Test
    void whatHappenedAtOneMomentHasNoEnd() {
        rig.wrong.add(Finding.of(Kind.ANOMALY, "5", "demo-00000001", "REFUNDED"));
        rig.wakeUp();
        rig.wrong.clear();
        rig.wakeUp();
        assertThat(rig.subjects()).containsExactly("Chargebridge: Charge changed unexpectedly");
    }

    @Test
    void withNobodyToTellItIsInTheLogOnceWhereNothingElseSaysIt(CapturedOutput output) {
        rig.byMail = false;
        rig.wrong.add(HOST_KEY);
        rig.wrong.add(Finding.of(Kind.FILE_MISSING, "demo", "demo", "2026-11-20 08:00")
                .at("demo"));
        rig.wakeUp();
        rig.wakeUp();
        rig.wrong.clear();
        rig.wakeUp();

        assertThat(output.getAll().lines().filter(line -> line.contains("WARN") && line.contains("alarm")))
                .hasSize(1);
        assertThat(output.getAll())
                .containsOnlyOnce("Channel demo expected a file by 2026-11-20 08:00, and none came. Ask")
                .containsOnlyOnce("It is over: Channel demo expected a file");
        rig.byMail = true;
        rig.wakeUp();
        assertThat(rig.subjects()).isEmpty();
    }

    /** A mail server that came back at its port. */
    private static final class Mended implements AutoCloseable {

        private final com.icegreen.greenmail.util.GreenMail server;

        Mended(int port) {
            server = new com.icegreen.greenmail.util.GreenMail(
                    new com.icegreen.greenmail.util.ServerSetup(port, "127.0.0.1", "smtp"));
            server.start();
        }

        List<String> subjects() {
            return java.util.Arrays.stream(server.getReceivedMessages())
                    .map(message -> {
                        try {
                            return message.getSubject();
                        } catch (jakarta.mail.MessagingException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();
        }

        @Override
        public void close() {
            server.stop();
        }
    }

    /** A way on which the process is killed. */
    private record Dying(AlarmRig rig) implements AlarmWay {

        @Override
        public Way way() {
            return Way.MAIL;
        }

        @Override
        public boolean isSet() {
            return true;
        }

        @Override
        public void tell(List<Notice> notices) {
            throw new IllegalStateException("killed");
        }
    }
}

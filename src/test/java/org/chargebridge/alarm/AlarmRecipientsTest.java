package org.chargebridge.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A mail server refuses some of those who shall hear of alarms: the others hear of them. */
@ExtendWith(OutputCaptureExtension.class)
class AlarmRecipientsTest {

    private static final String HERE = "operations@example.com";
    private static final String GONE = "left@example.com";

    private AlarmRig rig;
    private ChoosyMailServer server;

    @BeforeEach
    void open() throws IOException {
        rig = new AlarmRig();
        server = new ChoosyMailServer();
        rig.mailPort = server.port();
        rig.to = List.of(GONE, HERE);
        rig.wrong.add(Finding.of(Kind.HOST_KEY_CHANGED, "demo", "demo").at("demo"));
        rig.watch("one").look();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        rig.close();
    }

    @Test
    void someoneWhoHasLeftKeepsNobodyElseFromBeingTold(CapturedOutput output) {
        server.replies.put(GONE, "550 5.1.1 <" + GONE + "> is unknown");
        AlarmTelling telling = rig.telling("one");
        telling.tell();
        rig.later(Duration.ofMinutes(10));
        telling.tell();

        assertThat(server.taken).containsExactly(List.of(HERE));
        assertThat(output.getAll())
                .containsOnlyOnce("The mail server refuses 1 of the addresses in chargebridge.alarm.mail.to")
                .contains("550 5.1.1")
                .doesNotContain(GONE)
                .doesNotContain("Alarms cannot be told by mail");
    }

    @Test
    void someoneWhoIsTakenLaterIsToldWithTheOthersOnce(CapturedOutput output) {
        server.replies.put(GONE, "451 4.7.1 Greylisted, try again later");
        AlarmTelling telling = rig.telling("one");
        telling.tell();
        assertThat(server.taken).isEmpty();
        assertThat(output.getAll()).contains("Alarms cannot be told by mail").contains("451 4.7.1 Greylisted");

        server.replies.clear();
        rig.later(Duration.ofMinutes(10));
        telling.tell();
        assertThat(server.taken).containsExactly(List.of(GONE, HERE));
    }

    @Test
    void whereNobodyIsTakenTheServersWordsAreLoggedAndItIsTriedAgain(CapturedOutput output) {
        server.replies.put(GONE, "550 5.1.1 no such user");
        server.replies.put(HERE, "550 5.7.1 relaying denied");
        AlarmTelling telling = rig.telling("one");
        telling.tell();
        assertThat(output.getAll())
                .containsOnlyOnce("Alarms cannot be told by mail")
                .contains("550 5.");

        server.replies.clear();
        rig.later(Duration.ofMinutes(10));
        telling.tell();
        assertThat(server.taken).containsExactly(List.of(GONE, HERE));
    }
}

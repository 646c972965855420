package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A person is mailed what a running gateway meets, whole or restarted. */
@ExtendWith(OutputCaptureExtension.class)
class AlarmStoryTest {

    private static final String OTHER_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    private final GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @TempDir
    private Path home;

    private Surroundings world;

    @BeforeEach
    void setUp() {
        mails.start();
        world = new Surroundings(home, "2026-11-02T07:00:00Z")
                .set("chargebridge.alarm.interval", "300ms")
                .set("chargebridge.alarm.hold", "0s")
                .set("chargebridge.alarm.at-most-every", "10ms")
                .set("chargebridge.alarm.mail.to", "operations@example.com, bookkeeping@example.com")
                .set("chargebridge.alarm.mail.from", "chargebridge@example.com")
                .set("chargebridge.alarm.mail.host", "127.0.0.1")
                .set(
                        "chargebridge.alarm.mail.port",
                        String.valueOf(mails.getSmtp().getPort()))
                .set("chargebridge.alarm.mail.encryption", "none");
    }

    @AfterEach
    void tearDown() {
        world.close();
        mails.stop();
    }

    private List<String> subjects() {
        return Arrays.stream(mails.getReceivedMessages())
                .map(AlarmStoryTest::subject)
                .distinct()
                .toList();
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (MimeMessage mail : mails.getReceivedMessages()) {
            try {
                text.append(mail.getContent());
            } catch (IOException | MessagingException e) {
                throw new IllegalStateException(e);
            }
        }
        return text.toString();
    }

    @Test
    void refusedFileIsMailedToEveryReceiverWithoutACustomer() {
        world.channel("visma").start();
        world.leave("visma", "broken.csv", "Kari Nordmann;199,00\nOla Nordmann;99,00\n");
        Surroundings.await("it is mailed to both", () -> mails.getReceivedMessages().length == 2);

        assertThat(subjects()).containsExactly("Chargebridge: File refused (visma)");
        assertThat(text()).contains("broken.csv", "Channel: visma").doesNotContain("Nordmann");
    }

    @Test
    void changedHostKeyIsMailedOnceAcrossARestartAndSoIsItsEnd(CapturedOutput output) {
        world.channel("visma");
        String setting = "chargebridge.channels.visma.sftp.host-key";
        String line = world.server(0).knownHostsLine();
        String right = line.substring(line.indexOf(' ') + 1);
        world.set(setting, OTHER_KEY).start();
        Surroundings.await(
                "it is mailed", () -> subjects().equals(List.of("Chargebridge: SFTP host key changed (visma)")));

        world.stop();
        world.start();
        Surroundings.await(
                "it is met again", () -> output.getAll().split("another host key than the pinned", -1).length > 2);
        world.stop();
        world.set(setting, right).start();
        Surroundings.await("its end is mailed", () -> subjects()
                .equals(List.of(
                        "Chargebridge: SFTP host key changed (visma)",
                        "Chargebridge: SFTP host key changed (visma): over")));
    }
}

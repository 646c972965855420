package org.chargebridge.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are replaced as docs/operating/key-rotation.md says, and nothing stands still for it. */
class KeyRotationStoryTest {

    @TempDir
    private Path home;

    private Surroundings world;
    private int charged;

    @BeforeEach
    void setUp() {
        world = new Surroundings(home, "2026-11-02T07:00:00Z");
        world.reachedFromOutside();
        world.channel("visma");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void theEncryptionKeyIsReplacedInTwoRestarts() throws IOException {
        String old = keys();
        String fresh = key(7);
        world.start();
        aWebhookIsBelieved("A", "2026-11-04");
        byte[] sealedBefore = sealed();

        restart(fresh + "\n" + old + "\n");
        Surroundings.await("the secret is sealed anew", () -> !Arrays.equals(sealed(), sealedBefore));
        aWebhookIsBelieved("B", "2026-11-06");

        restart(fresh + "\n");
        aWebhookIsBelieved("C", "2026-11-08");
        assertThat(count("select count(*) from webhook_registration")).isEqualTo(1);
    }

    /** A key that is thrown away too early costs no charge: another registration is made, with another secret. */
    @Test
    void anEncryptionKeyThatIsLostIsMadeUpForByAnotherRegistration() throws IOException {
        world.start();
        aWebhookIsBelieved("A", "2026-11-04");

        restart(key(9));
        Surroundings.await(
                "another registration is made",
                () -> count("select count(*) from webhook_registration where gone_at is null") == 1
                        && count("select count(*) from webhook_registration") == 2);
        aWebhookIsBelieved("B", "2026-11-06");
    }

    private static String key(int filledWith) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filledWith);
        return Base64.getEncoder().encodeToString(key);
    }

    private Path keyFile() {
        return home.resolve("encryption-key");
    }

    private String keys() throws IOException {
        return Files.readString(keyFile());
    }

    private void restart(String keys) throws IOException {
        world.stop();
        Files.writeString(keyFile(), keys);
        world.start();
    }

    private byte[] sealed() {
        return world.ledger()
                .sql("select secret from webhook_registration where gone_at is null")
                .query(byte[].class)
                .single();
    }

    private long count(String sql) {
        return world.ledger().sql(sql).query(Long.class).single();
    }

    private void aWebhookIsBelieved(String name, String due) {
        Surroundings.await(
                "webhooks are registered",
                () -> count("select count(*) from webhook_standing where trouble is null") == 1
                        && count("select count(*) from webhook_registration where gone_at is null") == 1);
        world.leave(
                "visma", name + ".csv", new InvoiceFile().lines(name, 1, due).toString());
        charged++;
        Surroundings.await(
                "the charge is confirmed",
                () -> count("select count(*) from charge where seen_at is not null") == charged);
        world.simulator().moveTo(Instant.parse(due + "T09:00:00Z"));
        Surroundings.await(
                "the webhook is applied",
                () -> count("select count(*) from webhook_event where state = 'DONE'") >= charged
                        && count("select count(*) from charge where status = 'CHARGED'") == charged);
    }
}

package org.chargebridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeliveryOutageTest extends DeliveryScenario {

    @Test
    void anUploadThatIsCutIsStartedAnew() throws Exception {
        byte[] big = new byte[2_000_000];
        new Random(5).nextBytes(big);
        server.fail(ErpServer.Fault.CUT_WRITE);
        rig.file("demo", "big.csv", big);

        rig.startRoutes();
        untilFailed("big.csv", 1);
        assertThat(rig.state("big.csv")).isEqualTo("RENDERED");
        rig.clock.advance(Duration.ofSeconds(5));
        untilDelivered("big.csv");

        theErpHas("big.csv", big);
    }

    @Test
    void anotherFileUnderTheFinalNameIsLeftAloneAndToldOnce() throws Exception {
        Files.writeString(server.file("demo/in/" + NAME), "of somebody else");
        rig.file("demo", NAME, CONTENT);
        rig.file("demo", "next.csv", CONTENT);

        rig.startRoutes();
        untilDelivered("next.csv");
        for (int attempts = 1; attempts <= 3; attempts++) {
            untilFailed(NAME, attempts);
            rig.clock.advance(Duration.ofMinutes(1));
        }

        assertThat(server.file("demo/in/" + NAME)).hasContent("of somebody else");
        assertThat(rig.logged(Level.WARN))
                .singleElement()
                .asString()
                .contains(NAME, "another file lies under the name", "move it away");
        Files.delete(server.file("demo/in/" + NAME));
        rig.clock.advance(Duration.ofMinutes(10));
        untilDelivered(NAME);
        assertThat(server.file("demo/in/" + NAME)).hasBinaryContent(CONTENT);
    }

    @Test
    void aMissingDirectoryIsNamedOnceAndWaitedFor() throws Exception {
        Files.delete(server.file("demo/in"));
        rig.file("demo", NAME, CONTENT);
        rig.file("demo", "next.csv", CONTENT);

        rig.startRoutes();
        untilFailed(NAME, 1);

        assertThat(rig.logged(Level.WARN))
                .singleElement()
                .asString()
                .contains("the directory demo/in", "does not exist: create it", "channels.demo.sftp.in-directory");
        Files.createDirectory(server.file("demo/in"));
        rig.clock.advance(Duration.ofSeconds(5));
        untilDelivered(NAME);
        untilDelivered("next.csv");
        assertThat(rig.logged(Level.WARN)).hasSize(1);
        assertThat(rig.logged(Level.INFO)).anyMatch(line -> line.contains("work again"));
    }

    @Test
    void nothingIsSentToAServerWithAnotherHostKey() throws Exception {
        server.stop();
        server.startAgainWithAnotherHostKey();
        rig.file("demo", NAME, CONTENT);

        rig.startRoutes();
        untilFailed(NAME, 1);

        assertThat(server.logins()).isZero();
        assertThat(rig.logged(Level.WARN)).singleElement().asString().contains("another host key", "host-key");
        server.stop();
        server.startAgain();
        rig.clock.advance(Duration.ofSeconds(5));
        untilDelivered(NAME);
    }

    @Test
    void aWrongPasswordIsTriedTwiceAConnectionAtMostAndCalledOne() throws Exception {
        server.changePassword("another");
        rig.file("demo", NAME, CONTENT);

        rig.startRoutes();
        untilFailed(NAME, 1);

        assertThat(server.logins()).isBetween(1, 2);
        assertThat(rig.logged(Level.WARN)).singleElement().asString().contains("refuses the login of user demo");
        server.changePassword("secret");
        rig.clock.advance(Duration.ofSeconds(5));
        untilDelivered(NAME);
    }

    @Test
    void anOutageIsToldOnceAndItsEndToo() throws Exception {
        server.stop();
        for (int i = 0; i < 5; i++) {
            rig.file("demo", i + ".csv", CONTENT);
        }
        rig.startRoutes();
        untilFailed("0.csv", 1);
        rig.clock.advance(Duration.ofSeconds(5));
        untilFailed("1.csv", 1);
        rig.clock.advance(Duration.ofSeconds(10));
        untilFailed("2.csv", 1);
        assertThat(rig.attempts("3.csv") + rig.attempts("4.csv")).isZero();

        server.startAgain();
        rig.clock.advance(Duration.ofSeconds(20));
        for (int i = 0; i < 5; i++) {
            untilDelivered(i + ".csv");
        }

        assertThat(rig.logged(Level.WARN)).singleElement().asString().contains("cannot be reached");
        assertThat(rig.logged(Level.INFO))
                .filteredOn(line -> line.contains("work again"))
                .hasSize(1);
    }

    @Test
    void aServerThatIsDownDelaysNoOtherChannel() throws Exception {
        try (ErpServer second = new ErpServer(directory.resolve("second"));
                DeliveryRig two =
                        new DeliveryRig(DeliveryRig.channel("demo", server), DeliveryRig.channel("second", second))) {
            server.stop();
            two.file("demo", "a.csv", CONTENT);
            two.startRoutes();
            await().until(() -> two.attempts("a.csv") == 1);
            two.file("second", "b.csv", CONTENT);

            await().until(() -> two.state("b.csv").equals("DELIVERED"));

            assertThat(second.names("demo/in")).containsExactly("b.csv");
            assertThat(two.state("a.csv")).isEqualTo("RENDERED");
        }
    }
}

package org.chargebridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One channel, its ERP's server, and the sender of files between them. */
abstract class DeliveryScenario {

    static final String NAME = "receipt-faktura æøå 1-9f86d081.csv";
    static final byte[] CONTENT = "a;b\r\n1;2\r\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    ErpServer server;
    DeliveryRig rig;

    @BeforeEach
    void start() throws IOException {
        server = new ErpServer(directory.resolve("demo"));
        rig = new DeliveryRig(DeliveryRig.channel("demo", server));
    }

    @AfterEach
    void close() {
        rig.close();
        server.close();
    }

    void untilDelivered(String name) {
        await().until(() -> rig.state(name).equals("DELIVERED"));
    }

    void untilFailed(String name, int attempts) {
        await().until(() -> rig.attempts(name) >= attempts);
    }

    void theErpHas(String name, byte[] content) {
        assertThat(server.names("demo/in")).containsExactly(name);
        assertThat(server.file("demo/in/" + name)).hasBinaryContent(content);
    }
}

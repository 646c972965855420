package org.chargebridge.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NodeDiskTest {

    /** A device that is always full. */
    private static final Path FULL = Path.of("/dev/full");

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsKnownHoweverItIsWrittenTo() throws Exception {
        try (OutputStream stream = new FileOutputStream(FULL.toFile());
                OutputStream channel = Files.newOutputStream(FULL)) {
            assertThat(NodeDisk.trouble(catchThrowable(() -> stream.write(new byte[10]))))
                    .hasValueSatisfying(
                            told -> assertThat(told).contains("takes no more", "chargebridge.data-directory"));
            assertThat(NodeDisk.trouble(new IllegalStateException(catchThrowable(() -> channel.write(new byte[10])))))
                    .isPresent();
        }
    }

    @Test
    void aConnectionThatBreaksIsNoFullDisk() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            server.accept().close();
            Throwable broken = catchThrowable(() -> {
                for (int i = 0; i < 10_000; i++) {
                    client.getOutputStream().write(new byte[10_000]);
                }
            });

            assertThat(broken).isNotNull();
            assertThat(NodeDisk.trouble(broken)).isEmpty();
        }
    }

    @Test
    void aFileThatIsMissingIsNoFullDisk() {
        Throwable missing = catchThrowable(() -> Files.readString(Path.of("no-such-file")));

        assertThat(missing).isInstanceOf(NoSuchFileException.class);
        assertThat(NodeDisk.trouble(new UncheckedIOException((NoSuchFileException) missing)))
                .isEmpty();
    }
}

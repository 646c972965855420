package org.chargebridge.outages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.chargebridge.simulator.sftp.SftpServer;
import org.chargebridge.simulator.sftp.SftpSettings;

/** An SFTP server in a process of its own, so that it can be stopped like a machine that hangs. */
final class SftpProcess implements AutoCloseable {

    private final Process process;
    private final int port;
    private final Path root;
    private final Path hostKey;

    SftpProcess(Path directory, String user) {
        root = directory.resolve("root");
        hostKey = directory.resolve("hostkey");
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SftpProcess.class.getName(),
                            root.toString(),
                            hostKey.toString(),
                            user)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            while (!line.startsWith("port ")) {
                line = out.readLine();
            }
            port = Integer.parseInt(line.substring(5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its root, its host key's file and its user; tells its port, and ends with its parent. */
    public static void main(String[] arguments) throws IOException {
        SftpServer server = SftpServer.start(
                SftpSettings.withPassword(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2], "secret")
                        .withFolders("out", "in"));
        System.out.println("port " + server.port());
        System.out.flush();
        while (System.in.read() >= 0) {
            continue;
        }
        server.close();
    }

    int port() {
        return port;
    }

    String hostKey() {
        return SftpServer.hostKey(hostKey);
    }

    Path out() {
        return root.resolve("out");
    }

    Path in() {
        return root.resolve("in");
    }

    /** Answers nothing any more, though its connections stay open. */
    void hang() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            int ended = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (ended != 0) {
                throw new IllegalStateException("kill -" + signal + " ended with " + ended);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.chargebridge.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The gateway in a JVM of its own, with the options that the README starts it with. */
final class Gateway implements AutoCloseable {

    private static final Path OPTIONS = Path.of("config/jvm.options").toAbsolutePath();

    private static final Duration START = Duration.ofMinutes(5);

    private final Process process;
    private final int managementPort;
    private final Instant started = Instant.now();
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * Starts it; it is not ready yet.
     *
     * @param jvm options beyond those
     */
    Gateway(Path directory, Path jar, List<String> jvm, Map<String, String> settings) {
        managementPort = Processes.freePort();
        process = Processes.java(
                directory, directory.resolve("gateway.log"), arguments(jar, jvm, settings, managementPort));
    }

    static List<String> arguments(Path jar, List<String> jvm, Map<String, String> settings, int managementPort) {
        List<String> arguments = new ArrayList<>(List.of("@" + OPTIONS));
        arguments.addAll(jvm);
        arguments.addAll(List.of(System.getProperty("gatewayJvm", "").split(" ")));
        arguments.removeIf(String::isEmpty);
        arguments.addAll(List.of("-jar", jar.toString()));
        arguments.add("--server.port=" + Processes.freePort());
        arguments.add("--management.server.port=" + managementPort);
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments;
    }

    /** Waits until it says that it is ready. */
    Duration awaitReady() {
        Waiting.until("the gateway is ready", START, this::isReady);
        return Duration.between(started, Instant.now());
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the gateway ended with " + process.exitValue() + ": see its gateway.log");
        }
        try {
            URI ready = URI.create("http://127.0.0.1:" + managementPort + "/observe/health/ready");
            return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The largest resident memory so far, in MiB. */
    OptionalLong peakMemory() {
        return ProcStat.peakMemory(process.pid());
    }

    OptionalDouble processorSeconds() {
        return ProcStat.processorSeconds(process.pid());
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        Processes.await(process);
    }

    void stop() {
        Processes.stop(process);
    }

    @Override
    public void close() {
        kill();
    }
}

package org.chargebridge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Ports for servers that a test starts later, in another process, or again. They lie below those that a system gives to
 * connections and to whoever asks for any port, and every JVM has a range of its own: nobody takes one between its choice
 * and its use, nor while its server is stopped. A server that is started once, here, asks for port 0 instead.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int RANGE = 400;
    private static final int RANGES = 30;

    /** Holds the first port of this JVM's range, and so the range, as long as the JVM lives. */
    private static final ServerSocket HOLD = IntStream.range(0, RANGES)
            .mapToObj(range -> FIRST + range * RANGE)
            .flatMap(port -> hold(port).stream())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("every range of ports is held by another process"));

    private static final AtomicInteger HANDED_OUT = new AtomicInteger();

    private Ports() {}

    /** A port at which nobody listens; it is given to nobody else before all others of the range were. */
    public static int free() {
        return IntStream.generate(HANDED_OUT::getAndIncrement)
                .map(number -> HOLD.getLocalPort() + 1 + number % (RANGE - 1))
                .limit(RANGE)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("every port of the range is taken"));
    }

    private static Optional<ServerSocket> hold(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException taken) {
            return Optional.empty();
        }
    }

    private static boolean isFree(int port) {
        // At every address, as a gateway listens.
        try (ServerSocket probe = new ServerSocket(port)) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}

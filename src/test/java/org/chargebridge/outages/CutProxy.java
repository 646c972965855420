package org.chargebridge.outages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the gateway and PostgreSQL, and loses answers: after a connection said a given piece of SQL, the
 * answer that tells the end of that transaction is kept back and the connection is reset, so that the database has
 * committed and the gateway does not know. It can be switched off, too, like a network that is gone.
 */
final class CutProxy implements AutoCloseable {

    /** ReadyForQuery, idle: no transaction is open any more. */
    private static final String TRANSACTION_OVER = "Z\0\0\0\5I";

    private static final int BUFFER = 1 << 16;

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile String trigger = "";
    private volatile int wanted;
    private volatile boolean silent;
    private volatile boolean off;

    CutProxy(int targetPort) {
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The next so many transactions in which this SQL is said are committed, and never answered. */
    void loseCommitAfter(String sql, int times) {
        lose(sql, times, false);
    }

    /** The same, but nobody is told that the connection is gone: as a firewall does that forgot it. */
    void swallowCommitAfter(String sql, int times) {
        lose(sql, times, true);
    }

    private void lose(String sql, int times, boolean silently) {
        wanted = times;
        silent = silently;
        cuts.set(0);
        trigger = sql;
    }

    /** How many answers were kept back since. */
    int cuts() {
        return cuts.get();
    }

    /** Cuts all connections and lets none in until switched on. */
    void off() {
        off = true;
        links.forEach(Link::reset);
    }

    void on() {
        off = false;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(Link::reset);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (off) {
                    reset(client);
                } else {
                    open(client);
                }
            } catch (IOException closedOrRefused) {
                // The next one is tried; a closed listener ends the loop.
                continue;
            }
        }
    }

    private void open(Socket client) throws IOException {
        Socket server = new Socket();
        try {
            server.connect(target, 2_000);
        } catch (IOException down) {
            reset(client);
            throw down;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Link link = new Link(client, server);
        links.add(link);
        thread(link::fromClient);
        thread(link::fromServer);
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "cut-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // It is what was wanted.
            return;
        }
    }

    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean armed;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void reset() {
            CutProxy.reset(client);
            CutProxy.reset(server);
            links.remove(this);
        }

        void fromClient() {
            Tail said = new Tail();
            pump(client, server, chunk -> {
                if (!trigger.isEmpty() && said.and(chunk).contains(trigger)) {
                    armed = true;
                    said.forget();
                }
                return true;
            });
        }

        void fromServer() {
            Tail answered = new Tail();
            pump(server, client, chunk -> {
                boolean over = answered.and(chunk).endsWith(TRANSACTION_OVER);
                if (!armed || !over) {
                    return true;
                }
                armed = false;
                return cuts.incrementAndGet() > wanted;
            });
        }

        private void pump(Socket from, Socket to, Filter filter) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (!filter.passes(Arrays.copyOf(buffer, count))) {
                        if (silent) {
                            in.transferTo(OutputStream.nullOutputStream());
                        }
                        break;
                    }
                    out.write(buffer, 0, count);
                    out.flush();
                }
            } catch (SocketException cut) {
                // Either end may go whenever it likes.
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                reset();
            }
        }
    }

    private interface Filter {
        boolean passes(byte[] chunk);
    }

    /** The last that came one way: what is looked for may come in two pieces. */
    private static final class Tail {

        private static final int LENGTH = 200;

        private String text = "";

        /** With what came now. */
        String and(byte[] chunk) {
            String whole = text + new String(chunk, StandardCharsets.ISO_8859_1);
            text = whole.substring(Math.max(0, whole.length() - LENGTH));
            return whole;
        }

        void forget() {
            text = "";
        }
    }
}

package org.chargebridge.recurring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server below HTTP, for what no decent server would do: say nothing, drip, stop in the middle. */
final class SocketServer implements AutoCloseable {

    /** What is done with a connection once the request's header has been read. */
    @FunctionalInterface
    interface Manners {
        void treat(Socket socket, SocketServer server) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> requestLines = new CopyOnWriteArrayList<>();

    SocketServer(Manners manners) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread acceptor = new Thread(() -> accept(manners), "socket-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void accept(Manners manners) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread thread = new Thread(() -> serve(connection, manners), "socket-server-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException over) {
                return;
            }
        }
    }

    private void serve(Socket connection, Manners manners) {
        try (connection) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            requestLines.add(reader.readLine());
            String line = reader.readLine();
            while (line != null && !line.isEmpty()) {
                line = reader.readLine();
            }
            manners.treat(connection, this);
        } catch (IOException | InterruptedException gone) {
            // The client has cut the call, or the test is over.
        }
    }

    static void write(Socket connection, String text) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Writes the text once, then a byte every 50 ms until somebody hangs up. */
    void drip(Socket connection, String text) throws IOException, InterruptedException {
        write(connection, text);
        while (!closed.await(50, TimeUnit.MILLISECONDS)) {
            write(connection, "x");
        }
    }

    /** Says nothing until the test is over. */
    void beSilent() throws InterruptedException {
        closed.await();
    }

    List<String> requestLines() {
        return requestLines;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Ends every connection. */
    void hangUp() {
        closed.countDown();
    }

    @Override
    public void close() throws IOException {
        hangUp();
        socket.close();
    }
}

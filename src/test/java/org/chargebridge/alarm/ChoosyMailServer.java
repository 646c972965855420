package org.chargebridge.alarm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that does not take every recipient. */
final class ChoosyMailServer implements AutoCloseable {

    /** What it answers to a recipient; to others 250. */
    final Map<String, String> replies = new ConcurrentHashMap<>();

    /** The recipients of each message that it took. */
    final List<List<String>> taken = new CopyOnWriteArrayList<>();

    private final ServerSocket socket;

    ChoosyMailServer() throws IOException {
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "choosy-mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException e) {
                // The client left, or the test is over.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        var out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.US_ASCII);
        List<String> recipients = new ArrayList<>();
        out.print("220 choosy\r\n");
        out.flush();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String reply = "250 OK";
            switch (line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT)) {
                case "MAIL" -> recipients.clear();
                case "RCPT" -> {
                    String address = line.replaceAll(".*<(.*)>.*", "$1");
                    reply = replies.getOrDefault(address, reply);
                    if (reply.startsWith("2")) {
                        recipients.add(address);
                    }
                }
                case "DATA" -> {
                    out.print("354 go on\r\n");
                    out.flush();
                    while (!".".equals(in.readLine())) {
                        // Only who gets it counts here.
                    }
                    taken.add(List.copyOf(recipients));
                }
                case "QUIT" -> reply = "221 bye";
                default -> {
                    // EHLO and RSET
                }
            }
            out.print(reply + "\r\n");
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

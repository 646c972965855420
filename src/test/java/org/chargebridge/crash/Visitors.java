package org.chargebridge.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Customers who were sent an address of ours: they open it, press its button, sometimes twice or in two windows at once, and
 * come back; where they are led on they accept, decline, or leave it. Where they were led is written down as evidence.
 */
final class Visitors {

    private static final Pattern ADDRESS = Pattern.compile("https?://[^;\\s]+/agreements/[0-9a-f]{32}");
    private static final Pattern AGREEMENT = Pattern.compile("agr_[A-Za-z0-9]+");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final World world;
    private final Random random;
    private final HttpClient http = HttpClient.newHttpClient();

    Visitors(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    /** Somebody visits an address, where there is one; a gateway that is dead or dies is no answer. */
    void visit() {
        List<String> addresses = addresses();
        if (addresses.isEmpty()) {
            return;
        }
        // Mostly one of the newest: of those before most have been decided.
        int among = random.nextInt(4) > 0 ? 2 : addresses.size();
        String address = addresses.get(Math.max(0, addresses.size() - 1 - random.nextInt(among)));
        if (random.nextInt(3) == 0) {
            send(address, HttpRequest.newBuilder().GET());
        }
        if (random.nextInt(3) > 0) {
            press(address);
        } else {
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
                Progress.in(world.name());
                press(address);
            });
            press(address);
            other.join();
        }
    }

    private void press(String address) {
        Optional<HttpResponse<String>> answer = send(
                address,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.noBody()));
        answer.flatMap(shown -> shown.headers().firstValue("Location")).ifPresent(location -> led(address, location));
    }

    private void led(String address, String location) {
        Matcher agreement = AGREEMENT.matcher(location);
        String id = agreement.find() ? agreement.group() : location;
        world.led(address, id);
        int lot = random.nextInt(4);
        if (lot > 0) {
            boolean inTime = world.simulator().customer(id, lot > 1);
            Progress.say("  a visitor " + (lot > 1 ? "accepts " : "declines ") + id + (inTime ? "" : ", too late"));
        }
    }

    private Optional<HttpResponse<String>> send(String address, HttpRequest.Builder request) {
        try {
            return Optional.of(http.send(
                    request.uri(URI.create(address)).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException dead) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Those that receipts gave out, in their order. */
    private List<String> addresses() {
        Set<String> addresses = new LinkedHashSet<>();
        for (String name : World.names(world.in())) {
            if (name.startsWith("receipt-actions-") && name.endsWith(".csv")) {
                try {
                    Matcher found = ADDRESS.matcher(Files.readString(world.in().resolve(name)));
                    while (found.find()) {
                        addresses.add(found.group());
                    }
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        }
        return List.copyOf(addresses);
    }
}

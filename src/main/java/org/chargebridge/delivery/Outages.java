package org.chargebridge.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Servers and directories that do not work now: each cause told once, and once when it is over. */
final class Outages {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    /** By server or directory: what was told of it, so that another cause of the same outage is told, too. */
    private final Map<String, Set<String>> told = new ConcurrentHashMap<>();
    /** By directory and file: what was told of that file until it is delivered. */
    private final Map<String, Set<String>> toldOfFiles = new ConcurrentHashMap<>();

    private final DeliverySettings settings;

    Outages(DeliverySettings settings) {
        this.settings = settings;
    }

    /** One more failed attempt; answers how long to wait before the next. */
    Duration failed(String what, String message) {
        int count = failures.merge(what, 1, Integer::sum);
        Duration wait = settings.backOff(count);
        if (isNew(told, what, cause(message))) {
            LOG.warn(
                    "Deliveries wait: {} Tried again after {} to {} s.",
                    message,
                    seconds(settings.retryMin()),
                    seconds(settings.retryMax()));
        } else {
            LOG.debug("Deliveries wait, attempt {}: {}", count, message);
        }
        return wait;
    }

    private static long seconds(Duration duration) {
        return duration.toSeconds();
    }

    /** Whether a file fails in a way that neither it nor another file of its directory failed before. */
    boolean isNews(String directory, String file, String message) {
        String cause = cause(message.replace(file, ""));
        boolean newOfFile = isNew(toldOfFiles, directory + "/" + file, cause);
        return isNew(told, directory, cause) && newOfFile;
    }

    private static boolean isNew(Map<String, Set<String>> told, String what, String cause) {
        return told.computeIfAbsent(what, unused -> ConcurrentHashMap.newKeySet())
                .add(cause);
    }

    /** What a failure's message says, whatever the numbers in it. */
    private static String cause(String message) {
        return message.replaceAll("[0-9]+", "");
    }

    /** A file reached its directory. */
    void delivered(String directory, String file) {
        told.remove(directory);
        toldOfFiles.remove(directory + "/" + file);
    }

    /** It works. */
    void over(String what) {
        told.remove(what);
        Integer count = failures.remove(what);
        if (count != null) {
            LOG.info("Deliveries to {} work again, after {} failed attempts.", what, count);
        }
    }
}

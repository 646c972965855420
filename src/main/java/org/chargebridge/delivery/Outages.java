package org.chargebridge.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Servers and directories that do not work now: told once when it begins and once when it is over. */
final class Outages {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final DeliverySettings settings;

    Outages(DeliverySettings settings) {
        this.settings = settings;
    }

    /** One more failed attempt; answers how long to wait before the next. */
    Duration failed(String what, String message) {
        int count = failures.merge(what, 1, Integer::sum);
        Duration wait = settings.backOff(count);
        if (count == 1) {
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

    /** It works. */
    void over(String what) {
        Integer count = failures.remove(what);
        if (count != null) {
            LOG.info("Deliveries to {} work again, after {} failed attempts.", what, count);
        }
    }
}

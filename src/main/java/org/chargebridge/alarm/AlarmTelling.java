package org.chargebridge.alarm;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.ledger.AlarmNotices;
import org.chargebridge.ledger.AlarmNotices.Notice;
import org.chargebridge.ledger.AlarmNotices.Way;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells what is owed, in one message for each way, and again until it went. */
@Component("alarmTelling")
public class AlarmTelling {

    private static final Logger LOG = LoggerFactory.getLogger(AlarmTelling.class);

    /** Longer than any way waits for its server. */
    private static final Duration LEASE = Duration.ofMinutes(3);

    private static final Duration WAIT_MAX = Duration.ofMinutes(5);
    private static final int IN_ONE_MESSAGE = 200;

    private final List<AlarmWay> ways;
    private final AlarmNotices notices;
    private final AlarmSettings settings;
    private final String node;
    private final TransactionTemplate transactions;
    private final Set<Way> failing = ConcurrentHashMap.newKeySet();

    AlarmTelling(
            List<AlarmWay> ways,
            AlarmNotices notices,
            AlarmSettings settings,
            GatewaySettings gateway,
            TransactionTemplate transactions) {
        this.ways = ways;
        this.notices = notices;
        this.settings = settings;
        this.node = gateway.node();
        this.transactions = transactions;
    }

    /** Tells what is due now; may be called at any time on any node. */
    public void tell() {
        ways.stream().filter(AlarmWay::isSet).forEach(this::tellBy);
    }

    private void tellBy(AlarmWay way) {
        List<Notice> taken = transactions.execute(
                status -> notices.take(way.way(), node, settings.atMostEvery(), LEASE, IN_ONE_MESSAGE));
        if (taken == null || taken.isEmpty()) {
            return;
        }
        try {
            way.tell(taken);
            notices.told(taken, node);
            if (failing.remove(way.way())) {
                LOG.info("Alarms by {} reach their receiver again", word(way));
            }
        } catch (AlarmNotTold failure) {
            Duration wait = wait(taken.get(0).attempts());
            notices.notTold(taken, node, wait);
            if (failing.add(way.way())) {
                LOG.warn(
                        "Alarms cannot be told by {}: {}. It is tried again until it works; this line comes once. Check"
                                + " chargebridge.alarm.{}",
                        word(way),
                        failure.getMessage(),
                        word(way));
            }
        }
    }

    private static String word(AlarmWay way) {
        return way.way().name().toLowerCase(java.util.Locale.ROOT);
    }

    private Duration wait(int attempts) {
        Duration doubled = settings.atMostEvery().multipliedBy(1L << Math.min(attempts - 1, 6));
        return doubled.compareTo(WAIT_MAX) < 0 ? doubled : WAIT_MAX;
    }
}

package org.chargebridge.alarm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.ledger.Alarm;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.AlarmNotices;
import org.chargebridge.ledger.AlarmNotices.News;
import org.chargebridge.ledger.AlarmNotices.Way;
import org.chargebridge.ledger.Alarms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Compares what is wrong now with what was told, and notes what is to be told; may be called at any time on any node. */
@Component("alarmWatch")
public class AlarmWatch {

    private static final Logger LOG = LoggerFactory.getLogger(AlarmWatch.class);

    /** How many looks a node may miss before what it alone knew counts as gone. */
    private static final int LOOKS_MISSED = 6;

    private final List<AlarmSource> sources;
    private final Alarms alarms;
    private final AlarmNotices notices;
    private final AlarmSettings settings;
    private final String node;
    private final TransactionTemplate transactions;

    AlarmWatch(
            List<AlarmSource> sources,
            Alarms alarms,
            AlarmNotices notices,
            AlarmSettings settings,
            GatewaySettings gateway,
            TransactionTemplate transactions) {
        this.sources = sources;
        this.alarms = alarms;
        this.notices = notices;
        this.settings = settings;
        this.node = gateway.node();
        this.transactions = transactions;
    }

    /** Looks once. */
    public void look() {
        List<Finding> own = findings(true);
        transactions.executeWithoutResult(status -> alarms.sighted(node, own));
        transactions.executeWithoutResult(status -> {
            if (alarms.begin()) {
                compare();
            }
        });
    }

    private List<Finding> findings(boolean ofThisNode) {
        List<Finding> all = new ArrayList<>();
        sources.stream()
                .filter(source -> source.isOfThisNode() == ofThisNode)
                .forEach(source -> all.addAll(source.holding()));
        return all;
    }

    private void compare() {
        Map<String, Finding> holding = new LinkedHashMap<>();
        findings(false).forEach(found -> holding.put(found.cause(), found));
        Duration fresh = settings.interval().multipliedBy(LOOKS_MISSED).plus(settings.hold());
        alarms.sightings(fresh).forEach(found -> holding.putIfAbsent(found.cause(), found));
        alarms.holding(holding.values());
        List<Way> ways = ways();
        List<Alarm> raised = alarms.raise(settings.hold());
        List<Alarm> over = alarms.end(settings.hold()).stream()
                .filter(alarm -> alarm.finding().kind().hasEnd())
                .toList();
        notices.dropOthersThan(ways);
        notices.owe(raised, News.RAISED, ways);
        notices.owe(over, News.OVER, ways);
        alarms.forget();
        raised.stream().filter(alarm -> isNewsToTheLog(alarm.finding().kind())).forEach(alarm -> {
            AlarmText text = new AlarmText(alarm.finding(), Locale.ENGLISH);
            LOG.warn("{} {}", text.sentence(), text.remedy());
        });
        over.stream()
                .filter(alarm -> isNewsToTheLog(alarm.finding().kind()))
                .forEach(
                        alarm -> LOG.info("It is over: {}", new AlarmText(alarm.finding(), Locale.ENGLISH).sentence()));
    }

    private List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        if (settings.mail().isSet()) {
            ways.add(Way.MAIL);
        }
        if (settings.webhook().isSet()) {
            ways.add(Way.WEBHOOK);
        }
        return ways;
    }

    /** Everything else was told in the log where it was met first, with more detail. */
    private static boolean isNewsToTheLog(Kind kind) {
        return switch (kind) {
            case FILE_MISSING,
                    FILE_SEQUENCE,
                    REPORT_LATE,
                    DUE_DATE_AT_RISK,
                    SETTLEMENT_DAY_DIFFERS,
                    SETTLEMENT_NOT_TOLD,
                    CHANNEL_GONE,
                    SALES_UNIT_GONE,
                    OFFERS_UNREACHABLE,
                    CLOCK_SKEW -> true;
            case FILE_REFUSED,
                    FILE_HELD,
                    FILE_NAME_REFUSED,
                    DELIVERY_LATE,
                    DEAD_LETTERS,
                    ROUTE_FAILS,
                    CONFIRMATION_LATE,
                    UNCONFIRMED,
                    ANOMALY,
                    HOST_KEY_CHANGED,
                    SFTP_LOGIN_REFUSED,
                    SFTP_FAILS,
                    API_KEYS_REFUSED,
                    API_FAILS,
                    WEBHOOKS_FAIL,
                    SETTLEMENT_KEYS_REFUSED,
                    SETTLEMENTS_FAIL,
                    SETTLEMENT_GAP,
                    RECONCILIATION_DIFFERENCE,
                    SETTLED_FOR_OTHERS,
                    INVARIANT_BROKEN -> false;
        };
    }
}

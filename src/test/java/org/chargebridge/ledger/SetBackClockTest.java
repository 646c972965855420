package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.AlarmNotices.News;
import org.chargebridge.ledger.AlarmNotices.Way;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The clock of the database's machine was set back by five hours: what it wrote before lies in time to come, and nothing
 * waits for that.
 */
class SetBackClockTest {

    private static final String MSN = "123456";

    private final LedgerDatabase database = LedgerDatabase.create();
    private final Pacing pacing = new Pacing(database.jdbc());
    private final Alarms alarms = new Alarms(database.jdbc());
    private final AlarmNotices notices = new AlarmNotices(database.jdbc());

    @AfterEach
    void close() {
        database.close();
    }

    private void later(String table, String... columns) {
        for (String column : columns) {
            database.jdbc()
                    .sql("update " + table + " set " + column + " = " + column + " + interval '5 hours'")
                    .update();
        }
    }

    @Test
    void anEmptyBucketAndABlockFromBeforeHoldNothingUp() {
        assertThat(pacing.take(MSN, LimitClass.CREATE_CHARGE, 5, 1)).isEqualTo(1);
        pacing.block(MSN, LimitClass.CREATE_CHARGE, Duration.ofHours(1));
        assertThat(pacing.allows(MSN, LimitClass.CREATE_CHARGE, 5)).isFalse();

        later("pacing", "refilled_at", "blocked_until");

        assertThat(pacing.allows(MSN, LimitClass.CREATE_CHARGE, 5)).isTrue();
        pacing.take(MSN, LimitClass.CREATE_CHARGE, 5, 1);
        // It is filled by the clock again, and a new block counts.
        assertThat(database.jdbc()
                        .sql("select refilled_at <= clock_timestamp() and blocked_until is null from pacing")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        pacing.block(MSN, LimitClass.CREATE_CHARGE, Duration.ofHours(1));
        assertThat(pacing.allows(MSN, LimitClass.CREATE_CHARGE, 500)).isFalse();
    }

    @Test
    void anAlarmThatWasSeenBeforeIsRaisedAndEnds() {
        Finding found = Finding.of(Kind.CLOCK_SKEW, "node", "node", 7L);
        alarms.holding(List.of(found));
        later("alarm", "seen_at");

        assertThat(alarms.raise(Duration.ofSeconds(30))).hasSize(1);
        alarms.holding(List.of());
        later("alarm", "gone_at");
        assertThat(alarms.end(Duration.ofSeconds(30))).hasSize(1);
    }

    @Test
    void whatWasToldBeforeDoesNotSilenceWhatIsToBeToldNow() {
        alarms.holding(List.of(Finding.of(Kind.CLOCK_SKEW, "node", "node", 7L)));
        notices.owe(alarms.raise(Duration.ZERO), News.RAISED, List.of(Way.MAIL));
        assertThat(take()).hasSize(1);
        assertThat(take()).as("another node tells it").isEmpty();

        later("alarm_notice", "attempted_at", "lease_until");

        assertThat(take()).hasSize(1);
    }

    private List<AlarmNotices.Notice> take() {
        return database.transactions()
                .execute(status -> notices.take(Way.MAIL, "node", Duration.ofMinutes(1), Duration.ofMinutes(3), 20));
    }

    @Test
    void aLeaseFromBeforeIsOver() {
        database.jdbc().sql("create table leased (lease_until timestamptz)").update();
        database.jdbc()
                .sql("insert into leased values (clock_timestamp() + interval '20 seconds')")
                .update();
        String over = "select " + SqlTime.LEASE_OVER + " from leased";
        assertThat(database.jdbc().sql(over).query(Boolean.class).single()).isFalse();

        later("leased", "lease_until");

        assertThat(database.jdbc().sql(over).query(Boolean.class).single()).isTrue();
    }
}

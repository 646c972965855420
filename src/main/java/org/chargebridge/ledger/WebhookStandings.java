package org.chargebridge.ledger;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How it stands with each sales unit's webhooks: whether they are registered, and whether they come. */
@Repository
public class WebhookStandings {

    /** Since a webhook was missed none is relied on, until that long after it. */
    private static final Duration DISTRUST = Duration.ofDays(1);

    /** A registration that could not be looked for during so long may be gone. */
    private static final Duration STALE = Duration.ofDays(3);

    /**
     * How it stands; times are business time.
     *
     * @param url where they are delivered; empty where none are registered
     * @param checkedAt when the API last had the registration
     * @param nextCheckAt when it is looked for again
     * @param failures checks that failed in a row
     * @param trouble what is wrong; empty when all is well
     * @param lastEventAt when the last one came, to within a minute
     * @param missedAt when a look-up last showed what a webhook should have told
     * @param relied whether look-ups are planned as rarely as webhooks allow
     */
    public record Standing(
            String msn,
            Optional<URI> url,
            Optional<Instant> checkedAt,
            Optional<Instant> nextCheckAt,
            int failures,
            Optional<String> trouble,
            Optional<Instant> lastEventAt,
            Optional<Instant> missedAt,
            boolean relied) {

        /** Whether what changes is told: registered, as far as is known, and coming since the last one was missed. */
        public boolean tellsChanges(Instant now) {
            boolean known = trouble.isEmpty()
                    || checkedAt.filter(at -> at.plus(STALE).isAfter(now)).isPresent();
            boolean trusted =
                    missedAt.filter(at -> at.plus(DISTRUST).isAfter(now)).isEmpty();
            return url.isPresent()
                    && known
                    && trusted
                    && lastEventAt
                            .filter(at -> missedAt.map(at::isAfter).orElse(true))
                            .isPresent();
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    public WebhookStandings(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Of one sales unit; empty where nothing was ever registered for it. */
    public Optional<Standing> of(String msn) {
        return jdbc.sql("select * from webhook_standing where msn = :msn")
                .param("msn", msn)
                .query(WebhookStandings::standing)
                .optional();
    }

    /** Of all sales units that have one. */
    public List<Standing> all() {
        return jdbc.sql("select * from webhook_standing order by msn")
                .query(WebhookStandings::standing)
                .list();
    }

    private static Standing standing(ResultSet row, int number) throws SQLException {
        return new Standing(
                row.getString("msn"),
                Optional.ofNullable(row.getString("url")).map(URI::create),
                SqlTime.optional(row, "checked_at"),
                SqlTime.optional(row, "next_check_at"),
                row.getInt("failures"),
                Optional.ofNullable(row.getString("trouble")),
                SqlTime.optional(row, "last_event_at"),
                SqlTime.optional(row, "missed_at"),
                row.getBoolean("relied"));
    }

    /** The API has what it should have; empty {@code url}: none. */
    public void checked(String msn, Optional<URI> url, Instant nextCheckAt) {
        jdbc.sql(
                        """
                        insert into webhook_standing (msn, url, checked_at, next_check_at) values (:msn, :url, :now, :next)
                        on conflict (msn) do update
                        set url = excluded.url, checked_at = excluded.checked_at, next_check_at = excluded.next_check_at,
                            failures = 0, trouble = null
                        """)
                .param("msn", msn)
                .param("url", url.map(URI::toString).orElse(null))
                .param("now", SqlTime.of(clock.instant()))
                .param("next", SqlTime.of(nextCheckAt))
                .update();
    }

    /** A check could not be made or brought to its end. */
    public void failed(String msn, String trouble, Instant nextCheckAt) {
        jdbc.sql(
                        """
                        insert into webhook_standing (msn, next_check_at, failures, trouble)
                        values (:msn, :next, 1, :trouble)
                        on conflict (msn) do update
                        set next_check_at = excluded.next_check_at, failures = webhook_standing.failures + 1,
                            trouble = excluded.trouble
                        """)
                .param("msn", msn)
                .param("trouble", trouble)
                .param("next", SqlTime.of(nextCheckAt))
                .update();
    }

    /** One came; written at most once a minute. */
    public void delivered(String msn) {
        Instant now = clock.instant();
        jdbc.sql(
                        """
                        update webhook_standing set last_event_at = :now
                        where msn = :msn
                          and (last_event_at is null or last_event_at < :before or last_event_at <= missed_at)
                        """)
                .param("msn", msn)
                .param("now", SqlTime.of(now))
                .param("before", SqlTime.of(now.minusSeconds(60)))
                .update();
    }

    /** A look-up showed what a webhook should have told. */
    public void missed(String msn) {
        jdbc.sql("update webhook_standing set missed_at = :now where msn = :msn")
                .param("msn", msn)
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /** Look-ups are planned from now on as rarely as webhooks allow, or as often as without them. */
    public void relied(String msn, boolean relied) {
        jdbc.sql("update webhook_standing set relied = :relied where msn = :msn")
                .param("msn", msn)
                .param("relied", relied)
                .update();
    }
}

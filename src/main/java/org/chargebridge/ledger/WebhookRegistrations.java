package org.chargebridge.ledger;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Where the API delivers webhooks of each sales unit to, and the secrets they are signed with, encrypted. */
@Repository
public class WebhookRegistrations {

    /**
     * One registration that deliveries may be signed by.
     *
     * @param id the API's
     * @param url as registered
     * @param secret encrypted; the subject is the registration's id
     */
    public record Registration(
            String id, String msn, URI url, List<String> events, byte[] secret, Instant registeredAt) {}

    /** How long deliveries that were under way may take to come. */
    private static final Duration AFTERMATH = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    public WebhookRegistrations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A registration the API has just made. */
    public void made(String id, String msn, URI url, List<String> events, byte[] secret) {
        jdbc.sql(
                        """
                        insert into webhook_registration (id, msn, url, events, secret, registered_at)
                        values (:id, :msn, :url, :events, :secret, :now)
                        """)
                .param("id", id)
                .param("msn", msn)
                .param("url", url.toString())
                .param("events", events.toArray(String[]::new))
                .param("secret", secret)
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /** All that deliveries may be signed by: those the API has, and those it had until a moment ago. */
    public List<Registration> signing() {
        return list(
                "gone_at is null or gone_at > :since",
                Map.of("since", SqlTime.of(clock.instant().minus(AFTERMATH))));
    }

    /** Those the API has, as far as is known, the newest first. */
    public List<Registration> live(String msn) {
        return list("gone_at is null and msn = :msn", Map.of("msn", msn));
    }

    /** The ids of those the API has for other sales units, as far as is known. */
    public Set<String> liveOfOthers(String msn) {
        return Set.copyOf(jdbc.sql("select id from webhook_registration where gone_at is null and msn <> :msn")
                .param("msn", msn)
                .query(String.class)
                .list());
    }

    /** Every address that was ever registered for a sales unit. */
    public Set<String> addresses(String msn) {
        return Set.copyOf(jdbc.sql("select distinct url from webhook_registration where msn = :msn")
                .param("msn", msn)
                .query(String.class)
                .list());
    }

    private List<Registration> list(String condition, Map<String, ?> parameters) {
        return jdbc.sql("select * from webhook_registration where (" + condition + ")"
                        + " and secret <> '' order by registered_at desc, id")
                .params(parameters)
                .query((row, n) -> new Registration(
                        row.getString("id"),
                        row.getString("msn"),
                        URI.create(row.getString("url")),
                        List.of((String[]) row.getArray("events").getArray()),
                        row.getBytes("secret"),
                        SqlTime.optional(row, "registered_at").orElseThrow()))
                .list();
    }

    /** The secret was encrypted anew, under the key now in use. */
    public void sealedAnew(String id, byte[] secret) {
        jdbc.sql("update webhook_registration set secret = :secret where id = :id")
                .param("secret", secret)
                .param("id", id)
                .update();
    }

    /** The API has it no more; what was under way may still be signed by it. */
    public void gone(String id) {
        jdbc.sql("update webhook_registration set gone_at = :now where id = :id and gone_at is null")
                .param("now", SqlTime.of(clock.instant()))
                .param("id", id)
                .update();
    }

    /** Empties the secrets that nothing is signed by any more. */
    public void forgetSecrets() {
        jdbc.sql("update webhook_registration set secret = '' where gone_at <= :before and secret <> ''")
                .param("before", SqlTime.of(clock.instant().minus(AFTERMATH)))
                .update();
    }
}

package org.chargebridge.ledger;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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

    /** All that deliveries may be signed by: those the API has, the newest first. */
    public List<Registration> live() {
        return jdbc.sql("select * from webhook_registration where gone_at is null order by registered_at desc, id")
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

    /** The API has it no more: its secret is forgotten. */
    public void gone(String id) {
        jdbc.sql("update webhook_registration set gone_at = :now, secret = '' where id = :id and gone_at is null")
                .param("now", SqlTime.of(clock.instant()))
                .param("id", id)
                .update();
    }
}

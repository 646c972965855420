package org.chargebridge.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.SalesUnit;
import org.chargebridge.ledger.HealthQueries;
import org.chargebridge.ledger.WebhookStandings;
import org.chargebridge.ledger.WebhookStandings.Standing;
import org.chargebridge.publicport.PublicSettings;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** How changes are found: by polling only, or told by webhooks; down while a registration is not as it should be. */
@Component
class WebhooksHealthIndicator implements HealthIndicator {

    private final WebhookStandings standings;
    private final HealthQueries queries;
    private final PublicSettings outside;
    private final Channels channels;
    private final Clock clock;

    WebhooksHealthIndicator(
            WebhookStandings standings, HealthQueries queries, PublicSettings outside, Channels channels, Clock clock) {
        this.standings = standings;
        this.queries = queries;
        this.outside = outside;
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public Health health() {
        if (!outside.isOn()) {
            return Health.up()
                    .withDetail("changes", "polling only: chargebridge.public-url is not set")
                    .build();
        }
        try {
            Map<String, Standing> all = queries.answer(standings::all).stream()
                    .collect(Collectors.toMap(Standing::msn, Function.identity()));
            Health.Builder health = Health.up();
            for (SalesUnit unit : channels.salesUnits()) {
                Optional<Standing> standing = Optional.ofNullable(all.get(unit.msn()));
                if (standing.flatMap(Standing::trouble).isPresent()) {
                    health.down();
                }
                health.withDetail(
                        "sales unit " + unit.msn(),
                        standing.map(this::describe).orElse("polling only: not registered yet"));
            }
            return health.build();
        } catch (DataAccessException ledgerDown) {
            return Health.down()
                    .withDetail("failure", "the database cannot be asked how it stands with webhooks")
                    .build();
        }
    }

    private String describe(Standing standing) {
        if (standing.trouble().isPresent()) {
            return "polling only: " + standing.trouble().get();
        }
        String registered = standing.url().map(url -> "registered at " + url).orElse("polling only: not registered");
        Instant now = clock.instant();
        if (standing.url().isEmpty()) {
            return registered;
        }
        return registered
                + standing.lastEventAt().map(at -> ", the last came at " + at).orElse(", none came yet")
                + (standing.tellsChanges(now) ? "" : "; not relied on yet, charges are polled as well");
    }
}

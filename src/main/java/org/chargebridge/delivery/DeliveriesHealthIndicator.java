package org.chargebridge.delivery;

import java.util.List;
import org.chargebridge.ledger.HealthQueries;
import org.chargebridge.ledger.OutboundFiles;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Whether files reach the ERPs: down while any channel's delivery has failed and waits to be tried again. */
@Component
class DeliveriesHealthIndicator implements HealthIndicator {

    private final OutboundFiles files;
    private final HealthQueries queries;

    DeliveriesHealthIndicator(OutboundFiles files, HealthQueries queries) {
        this.files = files;
        this.queries = queries;
    }

    @Override
    public Health health() {
        try {
            return of(queries.answer(files::backlog));
        } catch (DataAccessException ledgerDown) {
            return Health.down()
                    .withDetail("failure", "the database cannot be asked what waits to be delivered")
                    .build();
        }
    }

    private static Health of(List<OutboundFiles.Backlog> backlog) {
        Health.Builder health = Health.up();
        for (OutboundFiles.Backlog channel : backlog) {
            String waiting = channel.files() + " waiting since " + channel.oldest();
            if (channel.lastFailure().isPresent()) {
                health.down();
                waiting += ", " + channel.lastFailure().get();
            }
            health.withDetail(channel.channel(), waiting);
        }
        return health.build();
    }
}

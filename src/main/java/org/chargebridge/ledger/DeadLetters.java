package org.chargebridge.ledger;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.chargebridge.charge.ReasonTexts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What needs a person: kept, explained, redriven or discarded. */
@Repository
public class DeadLetters {

    private final JdbcClient jdbc;
    private final Clock clock;

    public DeadLetters(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Opens a letter, in the caller's transaction. One that is already open for the same line, charge or file stays as
     * it is.
     */
    public void open(DeadLetter letter) {
        jdbc.sql(
                        """
                        insert into dead_letter (kind, state, channel, msn, route, file_id, position, order_id,
                            mapping_id, reason_code, reason_arguments, reason, remedy, http_status, problem, context_id,
                            created_at)
                        values (:kind, 'OPEN', :channel, :msn, :route, :fileId, :position, :orderId, :mappingId,
                            :reasonCode, :reasonArguments, :reason, :remedy, :httpStatus, :problem, :contextId,
                            :createdAt)
                        on conflict do nothing
                        """)
                .param("kind", letter.kind().name())
                .param("channel", letter.channel().orElse(null))
                .param("msn", letter.msn().orElse(null))
                .param("route", letter.route().orElse(null))
                .param("fileId", letter.fileId().orElse(null))
                .param("position", letter.position().orElse(null))
                .param("orderId", letter.orderId().orElse(null))
                .param("mappingId", letter.mappingId().orElse(null))
                .param("reasonCode", letter.reason().code().name())
                .param("reasonArguments", letter.reason().arguments().toArray(String[]::new))
                .param("reason", ReasonTexts.text(letter.reason(), Locale.ENGLISH))
                .param("remedy", ReasonTexts.remedy(letter.reason(), Locale.ENGLISH))
                .param("httpStatus", letter.httpStatus().orElse(null))
                .param("problem", letter.problem().orElse(null))
                .param("contextId", letter.contextId().orElse(null))
                .param("createdAt", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
    }
}

package org.chargebridge.ledger;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /**
     * Looks letters up, newest first.
     *
     * @param before only letters with a smaller id; the next page begins at the last id of this one
     * @param limit how many at most
     */
    public List<StoredDeadLetter> find(DeadLetterFilter filter, long before, int limit) {
        return jdbc.sql(
                        """
                        select * from dead_letter
                        where id < :before
                          and (:state::text is null or state = :state)
                          and (:kind::text is null or kind = :kind)
                          and (:channel::text is null or channel = :channel)
                          and (:orderId::text is null or order_id = :orderId)
                        order by id desc
                        limit :limit
                        """)
                .param("before", before)
                .param("state", filter.state().map(Enum::name).orElse(null))
                .param("kind", filter.kind().map(Enum::name).orElse(null))
                .param("channel", filter.channel().orElse(null))
                .param("orderId", filter.orderId().orElse(null))
                .param("limit", limit)
                .query(DeadLetterRows::map)
                .list();
    }

    public Optional<StoredDeadLetter> byId(long id) {
        return jdbc.sql("select * from dead_letter where id = :id")
                .param("id", id)
                .query(DeadLetterRows::map)
                .optional();
    }

    /** The letter, locked until the caller's transaction ends, so that one decision is made about it at a time. */
    public Optional<StoredDeadLetter> lock(long id) {
        return jdbc.sql("select * from dead_letter where id = :id for update")
                .param("id", id)
                .query(DeadLetterRows::map)
                .optional();
    }

    /** Closes an open letter, in the caller's transaction; one that is closed stays as it is. */
    public void close(long id, DeadLetter.State state) {
        jdbc.sql(
                        """
                        update dead_letter set state = :state, closed_at = :now
                        where id = :id and state = 'OPEN'
                        """)
                .param("state", state.name())
                .param("now", SqlTime.of(clock.instant()))
                .param("id", id)
                .update();
    }

    /** Closes the letter of a route that works again. */
    public void resolveRoute(String route) {
        jdbc.sql(
                        """
                        update dead_letter set state = 'RESOLVED', closed_at = :now
                        where kind = 'ROUTE' and route = :route and state = 'OPEN'
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("route", route)
                .update();
    }

    /** How many letters of a kind wait for a person. */
    public long openCount(DeadLetter.Kind kind) {
        return jdbc.sql("select count(*) from dead_letter where state = 'OPEN' and kind = :kind")
                .param("kind", kind.name())
                .query(Long.class)
                .single();
    }
}

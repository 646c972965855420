package org.chargebridge.ledger;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.charge.ReasonTexts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What needs a person: kept, explained, redriven or discarded. */
@Repository
public class DeadLetters {

    static final String FILTERED =
            """
            (:state::text is null or state = :state)
            and (:kind::text is null or kind = :kind)
            and (:channel::text is null or channel = :channel)
            and (:orderId::text is null or order_id = :orderId)
            and (:reason::text is null or reason_code = :reason)
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    public DeadLetters(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Opens a letter, in the caller's transaction. One that is already open for the same line, charge or file stays as
     * it is. What it takes a second person to let go waits for that one from now on.
     */
    public void open(DeadLetter letter) {
        Optional<Long> opened = jdbc.sql(
                        """
                        insert into dead_letter (kind, state, channel, msn, route, file_id, position, order_id,
                            mapping_id, reason_code, reason_arguments, reason, remedy, http_status, problem, context_id,
                            created_at)
                        values (:kind, 'OPEN', :channel, :msn, :route, :fileId, :position, :orderId, :mappingId,
                            :reasonCode, :reasonArguments, :reason, :remedy, :httpStatus, :problem, :contextId,
                            :createdAt)
                        on conflict do nothing
                        returning id
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
                .query(Long.class)
                .optional();
        Optional<Approval.Kind> approval = Approval.Kind.of(letter);
        if (opened.isPresent() && approval.isPresent()) {
            jdbc.sql("insert into approval (dead_letter_id, kind, opened_at) values (:letter, :kind, :now)")
                    .param("letter", opened.get())
                    .param("kind", approval.get().name())
                    .param("now", SqlTime.of(clock.instant()))
                    .update();
        }
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
                        where id < :before and
                        """
                                + FILTERED
                                + """
                        order by id desc
                        limit :limit
                        """)
                .params(parameters(filter))
                .param("before", before)
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

    /** Closes a letter as a person decided, in the caller's transaction; what was decided before stays. */
    public void close(long id, DeadLetter.State state) {
        jdbc.sql(
                        """
                        update dead_letter set state = :state, closed_at = :now
                        where id = :id and state in ('OPEN', 'RESOLVED')
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

    static Map<String, Object> parameters(DeadLetterFilter filter) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("state", filter.state().map(Enum::name).orElse(null));
        parameters.put("kind", filter.kind().map(Enum::name).orElse(null));
        parameters.put("channel", filter.channel().orElse(null));
        parameters.put("orderId", filter.orderId().orElse(null));
        parameters.put("reason", filter.reason().map(Enum::name).orElse(null));
        return parameters;
    }

    /** The reasons of open letters, for whoever looks for one of them. */
    public List<ReasonCode> openReasons() {
        return jdbc.sql("select distinct reason_code from dead_letter where state = 'OPEN' order by 1")
                .query((row, number) -> ReasonCode.valueOf(row.getString(1)))
                .list();
    }
}

package org.chargebridge.ledger;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a range of a file's lines holds of people. */
final class LineTexts {

    private static final String RANGE = " file_id = :file and position > :after and position <= :last ";

    private final JdbcClient jdbc;
    private final long fileId;
    private final int after;
    private final int last;

    LineTexts(JdbcClient jdbc, long fileId, int after, int last) {
        this.jdbc = jdbc;
        this.fileId = fileId;
        this.after = after;
        this.last = last;
    }

    /** Empties the lines that were done before {@code before}; the others stay. */
    long empty(Instant before) {
        run(PROBLEMS, before);
        // A draft ends before its line.
        run(DRAFTS, before);
        return run(OPERATIONS, before) + run(INSTRUCTIONS, before) + run(EXCEPTIONS, before);
    }

    /** Empties customer numbers and KIDs, whatever the lines have become. */
    long emptyNumbers() {
        long emptied = 0;
        for (String table : List.of("instruction", "intake_exception", "operation")) {
            emptied += jdbc.sql("update " + table + " set customer_number = '', kid = '' where" + RANGE
                            + "and (customer_number <> '' or kid <> '')")
                    .param("file", fileId)
                    .param("after", after)
                    .param("last", last)
                    .update();
        }
        return emptied;
    }

    /** How many of the lines still have a text. */
    long left() {
        return jdbc.sql(
                        """
                        select (select count(*) from instruction where %1$s and (description <> '' or cells <> ''))
                             + (select count(*) from intake_exception where %1$s and cells <> '')
                             + (select count(*) from operation where %1$s and (description <> '' or cells <> ''))
                             + (select count(*) from draft where %1$s and (token is not null or body is not null))
                        """
                                .formatted(RANGE))
                .param("file", fileId)
                .param("after", after)
                .param("last", last)
                .query(Long.class)
                .single();
    }

    private long run(String update, Instant before) {
        return jdbc.sql(update)
                .param("file", fileId)
                .param("after", after)
                .param("last", last)
                .param("before", SqlTime.of(before))
                .update();
    }

    /** The e-mail address of a customer whose ERP keeps it in the place of a number. */
    private static final String NUMBER =
            "customer_number = case when customer_number like '%@%' then '' else customer_number end";

    /** Rests whatever becomes of it: nothing waits for the line itself, nor for its errors file. */
    private static final String NO_LETTER =
            """
            not exists (select 1 from dead_letter l where l.state = 'OPEN' and l.file_id = t.file_id
                        and (l.position = t.position or l.kind = 'FILE'))
            """;

    private static final String INSTRUCTIONS =
            """
            update instruction t set description = '', cells = '', %s
            where t.file_id = :file and t.position > :after and t.position <= :last
              and (t.description <> '' or t.cells <> '')
              and (t.action = 'KNOWN' or t.replaced or exists (
                  select 1 from charge_at_rest c where c.file_id = t.file_id and c.position = t.position
                    and c.changed_at < :before and (c.status not in ('REFUSED', 'HELD') or c.errors_request_id is not null
                                                    or c.reason_code = 'DISCARDED' or t.attempt_of is not null)))
              and not exists (select 1 from receipt_request r where r.file_id = t.file_id and r.rendered_at is null)
              and not exists (select 1 from operation o where o.state = 'OPEN'
                              and o.target = coalesce(t.attempt_of, t.order_id))
              and not exists (select 1 from operation o where o.state in ('OPEN', 'HELD') and o.order_id = t.order_id)
              and %s
            """
                    .formatted(NUMBER, NO_LETTER);

    private static final String EXCEPTIONS =
            """
            update intake_exception t set cells = '', %s
            where t.file_id = :file and t.position > :after and t.position <= :last and t.cells <> ''
              and not exists (select 1 from receipt_request r where r.file_id = t.file_id and r.rendered_at is null)
              and (t.answer <> 'HELD' or not (t.reason_code = 'AGREEMENT_CHANGED' and exists (
                      select 1 from dead_letter l where l.kind = 'MAPPING' and l.state = 'OPEN'))
                  and not (t.order_id <> '' and exists (
                      select 1 from dead_letter l where l.order_id = t.order_id and l.state = 'OPEN')))
              -- Only a file that is old has been asked for, so that what the line was answered is old, too.
              and :before::timestamptz is not null
              and %s
            """
                    .formatted(NUMBER, NO_LETTER);

    private static final String OPERATIONS =
            """
            update operation t
            set description = '', cells = '', body = null, problem = null, external_id = null,
                terms = terms - 'phone_number' - 'initial_description' - 'product_description', %s
            where t.file_id = :file and t.position > :after and t.position <= :last
              and (t.description <> '' or t.cells <> '')
              and t.state in ('DONE', 'REFUSED', 'DROPPED') and coalesce(t.finished_at, t.recorded_at) < :before
              and (t.state <> 'REFUSED' or t.errors_request_id is not null or t.replaced)
              and not exists (select 1 from receipt_request r where r.file_id = t.file_id and r.rendered_at is null)
              and not exists (select 1 from draft d where d.file_id = t.file_id and d.position = t.position
                              and (d.token is not null or d.body is not null or d.next_attempt_at is not null))
              and not exists (select 1 from query q where q.file_id = t.file_id and q.position = t.position
                              and q.answered_at is null)
              and %s
            """
                    .formatted(NUMBER, NO_LETTER);

    /** An offer that nobody accepted ends with this: its address answers no more. */
    private static final String DRAFTS =
            """
            update draft t set token = null, link_url = null, confirmation_url = null, body = null, problem = null,
                external_id = ''
            where t.file_id = :file and t.position > :after and t.position <= :last
              and (t.token is not null or t.body is not null)
              and t.state in ('OFFERED', 'ACTIVE', 'STOPPED', 'EXPIRED', 'REFUSED')
              and t.next_attempt_at is null
              and coalesce(t.drafted_at, t.created_at) < :before and coalesce(t.mapped_at, t.created_at) < :before
              and (t.state <> 'ACTIVE' or t.mapped_at is not null)
              and (t.way <> 'DIRECT' or t.reply_number is not null)
            """;

    private static final String PROBLEMS =
            """
            update charge t set problem = null
            where t.file_id = :file and t.position > :after and t.position <= :last and t.problem is not null
              and exists (select 1 from charge_at_rest c where c.file_id = t.file_id and c.position = t.position
                          and c.changed_at < :before)
            """;
}

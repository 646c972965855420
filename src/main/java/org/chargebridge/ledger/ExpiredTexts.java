package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.chargebridge.ledger.RetentionPasses.Place;
import org.chargebridge.ledger.RetentionPasses.Step;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Empties what lines hold of people beyond what bookkeeping and the two promises need: descriptions, the record as it came,
 * phone numbers, e-mail addresses, request bodies, words of the API. Only of lines that are done. Order ids, document and
 * customer numbers, amounts, dates and states stay. Every method works in the caller's transaction, on a few rows.
 */
@Repository
public class ExpiredTexts {

    private static final int LINES_AT_ONCE = 2000;
    private static final int ROWS_AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final Clock clock;

    public ExpiredTexts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A file of which a pass looks at a number of lines at a time. */
    private record OldFile(long id, int lastPosition) {

        Place from(Place place) {
            return id == place.afterId() ? place : Place.after(id);
        }

        LineTexts lines(JdbcClient jdbc, Place here) {
            return new LineTexts(jdbc, id, here.afterPosition(), here.afterPosition() + LINES_AT_ONCE);
        }

        boolean goesOnAfter(Place here) {
            return lastPosition > here.afterPosition() + LINES_AT_ONCE;
        }

        Place next(Place here, long kept) {
            return new Place(id, here.afterPosition() + LINES_AT_ONCE, kept);
        }
    }

    /** Lines of files that were recorded, and lines that were done, before {@code before}. */
    public Step ofLines(Place place, Instant before) {
        Optional<OldFile> found = next("texts_retired_at is null", place, before);
        if (found.isEmpty()) {
            return new Step(0, Optional.empty());
        }
        OldFile file = found.get();
        Place here = file.from(place);
        LineTexts lines = file.lines(jdbc, here);
        long emptied = lines.empty(before);
        long kept = here.linesKept() + lines.left();
        if (file.goesOnAfter(here)) {
            return new Step(emptied, Optional.of(file.next(here, kept)));
        }
        if (kept == 0) {
            mark("texts_retired_at", file);
        }
        return new Step(emptied, Optional.of(Place.after(file.id() + 1)));
    }

    /**
     * Customer numbers and KIDs of files that were recorded before {@code before} and whose lines have no text any more.
     * They are what a bookkeeper finds a charge by, and nothing else needs them then.
     */
    public Step ofNumbers(Place place, Instant before) {
        Optional<OldFile> found = next("texts_retired_at is not null and numbers_retired_at is null", place, before);
        if (found.isEmpty()) {
            return new Step(0, Optional.empty());
        }
        OldFile file = found.get();
        Place here = file.from(place);
        long emptied = file.lines(jdbc, here).emptyNumbers();
        if (file.goesOnAfter(here)) {
            return new Step(emptied, Optional.of(file.next(here, 0)));
        }
        mark("numbers_retired_at", file);
        return new Step(emptied, Optional.of(Place.after(file.id() + 1)));
    }

    private Optional<OldFile> next(String which, Place place, Instant before) {
        return jdbc.sql(
                        """
                        select f.id, greatest(
                            (select max(position) from instruction where file_id = f.id),
                            (select max(position) from intake_exception where file_id = f.id),
                            (select max(position) from operation where file_id = f.id), 0) as last_position
                        from inbound_file f
                        where f.id >= :after and f.recorded_at < :before and %s
                        order by f.id limit 1
                        """
                                .formatted(which))
                .param("after", place.afterId())
                .param("before", SqlTime.of(before))
                .query((row, number) -> new OldFile(row.getLong("id"), row.getInt("last_position")))
                .optional();
    }

    private void mark(String column, OldFile file) {
        jdbc.sql("update inbound_file set " + column + " = :now where id = :id")
                .param("now", SqlTime.of(clock.instant()))
                .param("id", file.id())
                .update();
    }

    /** Letters that were closed before {@code before}: what the API said. */
    public Step ofDeadLetters(Place place, Instant before) {
        int emptied = jdbc.sql(
                        """
                        update dead_letter set problem = null
                        where id in (select id from dead_letter where state <> 'OPEN' and problem is not null
                                     and closed_at < :before order by id limit :limit)
                        """)
                .param("before", SqlTime.of(before))
                .param("limit", ROWS_AT_ONCE)
                .update();
        return again(place, emptied);
    }

    /** Agreements that ended before {@code before}: who the customer is to Vipps MobilePay. */
    public Step ofAgreements(Place place, Instant before) {
        int emptied = jdbc.sql(
                        """
                        update agreement a set sub = null, userinfo_url = null
                        from (select msn, agreement_id from agreement
                              where (sub is not null or userinfo_url is not null)
                                and status in ('STOPPED', 'EXPIRED', 'MISSING') and next_check_at is null
                                and changed_at < :before limit :limit) ended
                        where a.msn = ended.msn and a.agreement_id = ended.agreement_id
                        """)
                .param("before", SqlTime.of(before))
                .param("limit", ROWS_AT_ONCE)
                .update();
        return again(place, emptied);
    }

    private static Step again(Place place, int emptied) {
        return new Step(emptied, emptied < ROWS_AT_ONCE ? Optional.empty() : Optional.of(place));
    }
}

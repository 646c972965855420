package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How far the pass over the ledger has come that deletes what is kept no longer, a pass for each kind of thing. It goes on
 * where it was after a stop, whichever node goes on. Every method works in the caller's transaction.
 */
@Repository
public class RetentionPasses {

    /**
     * Where a pass goes on.
     *
     * @param afterId the last row that was looked at
     * @param afterPosition the last line of that file, where lines are looked at
     * @param linesKept lines of that file that keep their text, for they are not done
     */
    public record Place(long afterId, int afterPosition, long linesKept) {

        static final Place BEGINNING = new Place(0, 0, 0);

        static Place after(long id) {
            return new Place(id, 0, 0);
        }
    }

    /**
     * What a step of a pass did.
     *
     * @param deleted how many rows lost their bytes or text
     * @param next where the pass goes on; empty at its end
     */
    public record Step(long deleted, Optional<Place> next) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    public RetentionPasses(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Where the pass goes on; a new one begins when the last is finished and was begun {@code interval} ago. The pass is
     * locked until the transaction ends.
     *
     * @return empty where nothing is to be done now
     */
    public Optional<Place> lock(String work, Duration interval) {
        jdbc.sql(
                        """
                        insert into retention_pass (work, begun_at) values (:work, :now) on conflict do nothing
                        """)
                .param("work", work)
                .param("now", SqlTime.of(clock.instant()))
                .update();
        jdbc.sql(
                        """
                        update retention_pass
                        set begun_at = :now, finished_at = null, after_id = 0, after_position = 0, lines_kept = 0, deleted = 0
                        where work = :work and finished_at is not null and begun_at <= :due
                        """)
                .param("work", work)
                .param("now", SqlTime.of(clock.instant()))
                .param("due", SqlTime.of(clock.instant().minus(interval)))
                .update();
        return jdbc.sql(
                        """
                        select after_id, after_position, lines_kept from retention_pass
                        where work = :work and finished_at is null for update
                        """)
                .param("work", work)
                .query((row, number) ->
                        new Place(row.getLong("after_id"), row.getInt("after_position"), row.getLong("lines_kept")))
                .optional();
    }

    /**
     * Writes down what a step did.
     *
     * @return what the whole pass deleted so far
     */
    public long record(String work, Step step) {
        Place place = step.next().orElse(Place.BEGINNING);
        return jdbc.sql(
                        """
                        update retention_pass
                        set after_id = :id, after_position = :position, lines_kept = :kept, deleted = deleted + :deleted,
                            finished_at = case when :over then :now::timestamptz end
                        where work = :work
                        returning deleted
                        """)
                .param("id", place.afterId())
                .param("position", place.afterPosition())
                .param("kept", place.linesKept())
                .param("deleted", step.deleted())
                .param("over", step.next().isEmpty())
                .param("now", SqlTime.of(clock.instant()))
                .param("work", work)
                .query(Long.class)
                .single();
    }
}

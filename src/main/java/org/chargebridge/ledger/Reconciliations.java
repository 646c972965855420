package org.chargebridge.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Holds four sides against each other: what files asked for, what the ledger says became of it, what the API showed, and
 * what was settled. Amounts are minor units. Every method works in the caller's transaction.
 */
@Repository
public class Reconciliations {

    /** What a reconciliation is about. */
    public enum Kind {
        /** Everything due in the last months, as it stands today. */
        DAY,
        /** Everything due in a calendar month. */
        MONTH
    }

    /** Why two sides differ. */
    public enum Cause {
        /** The ledger holds a charge for paid, and the API showed another sum of it. */
        API_DIFFERS,
        /** The API showed money that no settlement ledger has, for days. */
        NOT_SETTLED,
        /** The API showed a refund that no settlement ledger has, for days. */
        REFUND_NOT_SETTLED,
        /** A settlement ledger has money of a charge of which the API showed none, or a refund that it did not show. */
        SETTLED_UNSEEN,
        /** A settlement ledger has the charge with another sum than the API showed. */
        SETTLED_DIFFERS,
        /** A settlement ledger has money of a charge that did not go through this gateway. */
        NOT_OURS
    }

    /**
     * Sums of one sales unit.
     *
     * @param askedMinor of accepted lines: collected, open and not collected together
     * @param collectedMinor as the ledger has it
     * @param openMinor not decided yet
     * @param notCollectedMinor failed, cancelled or refused
     * @param apiMinor captured and not refunded, as the API showed it last
     * @param settledMinor captures less refunds in settlement ledgers
     * @param underWayMinor shown by the API and not settled yet, for no longer than is usual
     * @param unexplainedMinor what of these does not agree, regardless of its sign
     * @param others of the unexplained, what was settled for others than this gateway
     */
    public record Totals(
            String msn,
            String currency,
            long lines,
            long askedMinor,
            long collectedMinor,
            long openMinor,
            long notCollectedMinor,
            long apiMinor,
            long settledMinor,
            long underWayMinor,
            long unexplained,
            long unexplainedMinor,
            long others,
            long othersMinor) {}

    /**
     * A charge, or an entry of a settlement ledger, whose sides do not agree.
     *
     * @param reference of an entry without a charge: what the API shows as the merchant's
     */
    public record Difference(
            Cause cause,
            String msn,
            String currency,
            String orderId,
            String invoiceNumber,
            String agreementId,
            String pspReference,
            String reference,
            String status,
            long askedMinor,
            long collectedMinor,
            long apiMinor,
            long settledMinor,
            long differenceMinor) {}

    /** Takes a difference. */
    @FunctionalInterface
    public interface Differences {
        void take(Difference difference) throws IOException;
    }

    private final JdbcClient jdbc;
    private final JdbcClient cursors;
    private final Clock clock;

    public Reconciliations(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.cursors = Cursors.of(dataSource);
        this.clock = clock;
    }

    /**
     * What is held against each other.
     *
     * @param first due dates from here on
     * @param last up to here
     * @param grace what changed after it may be under way still
     * @param takesUnknownOf sales units whose entries without a charge are the channel's
     */
    public record Scope(
            String channel, Kind kind, LocalDate first, LocalDate last, Instant grace, List<String> takesUnknownOf) {}

    /**
     * Lets one node make it.
     *
     * @return false where it was made
     */
    public boolean begin(Scope scope) {
        return jdbc.sql(
                                """
                                insert into reconciliation (channel, kind, last_date, first_date, made_at, unexplained_count,
                                    unexplained_minor)
                                values (:channel, :kind, :last, :first, :now, 0, 0) on conflict do nothing
                                """)
                        .param("channel", scope.channel())
                        .param("kind", scope.kind().name())
                        .param("last", scope.last())
                        .param("first", scope.first())
                        .param("now", SqlTime.of(clock.instant()))
                        .update()
                == 1;
    }

    /** Sums by sales unit and currency. */
    public List<Totals> totals(Scope scope) {
        PlannedAnew.in(jdbc);
        // All of a quarter's lines are held against all of its entries. Taken for a few, the others were read once for
        // each.
        jdbc.sql("set local enable_nestloop = off").update();
        return with(
                        jdbc,
                        """
                        select msn, currency, count(*) filter (where order_id <> '') as lines,
                            sum(asked)::bigint as asked, sum(collected)::bigint as collected,
                            coalesce(sum(asked - collected) filter (where not final), 0)::bigint as open,
                            coalesce(sum(asked - collected) filter (where final and order_id <> ''), 0)::bigint as lost,
                            sum(captured - refunded)::bigint as api, sum(settled)::bigint as settled,
                            coalesce(sum(captured - refunded - settled) filter (where cause is null), 0)::bigint
                                as under_way,
                            count(cause) as unexplained, sum(difference)::bigint as difference,
                            count(*) filter (where cause = 'NOT_OURS') as others,
                            coalesce(sum(difference) filter (where cause = 'NOT_OURS'), 0)::bigint as others_minor
                        from judged group by msn, currency order by msn, currency
                        """,
                        scope)
                .query((row, number) -> new Totals(
                        row.getString("msn"),
                        row.getString("currency"),
                        row.getLong("lines"),
                        row.getLong("asked"),
                        row.getLong("collected"),
                        row.getLong("open"),
                        row.getLong("lost"),
                        row.getLong("api"),
                        row.getLong("settled"),
                        row.getLong("under_way"),
                        row.getLong("unexplained"),
                        row.getLong("difference"),
                        row.getLong("others"),
                        row.getLong("others_minor")))
                .list();
    }

    /** What does not agree, by a cursor of the caller's transaction. */
    public void forEachDifference(Scope scope, Differences differences) throws IOException {
        try {
            with(
                            cursors,
                            "select * from judged where cause is not null order by msn, order_id = '', cause, order_id, psp_reference",
                            scope)
                    .query((ResultSet row) -> {
                        try {
                            differences.take(difference(row));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Difference difference(ResultSet row) throws SQLException {
        return new Difference(
                Cause.valueOf(row.getString("cause")),
                row.getString("msn"),
                row.getString("currency"),
                row.getString("order_id"),
                row.getString("invoice_number"),
                row.getString("agreement_id"),
                row.getString("psp_reference"),
                row.getString("reference"),
                row.getString("status"),
                row.getLong("asked"),
                row.getLong("collected"),
                row.getLong("captured") - row.getLong("refunded"),
                row.getLong("settled"),
                row.getLong("difference"));
    }

    private static JdbcClient.StatementSpec with(JdbcClient client, String select, Scope scope) {
        return client.sql(ReconciledSides.SQL + select)
                .param("channel", scope.channel())
                .param("first", scope.first())
                .param("last", scope.last())
                .param("grace", SqlTime.of(scope.grace()))
                .param("takesUnknownOf", scope.takesUnknownOf().toArray(String[]::new));
    }

    /** Remembers what it found. */
    public void found(Scope scope, Found found) {
        jdbc.sql(
                        """
                        update reconciliation set unexplained_count = :count, unexplained_minor = :sum,
                            others_count = :others, others_minor = :othersMinor
                        where channel = :channel and kind = :kind and last_date = :last
                        """)
                .param("count", found.unexplained())
                .param("sum", found.unexplainedMinor())
                .param("others", found.others())
                .param("othersMinor", found.othersMinor())
                .param("channel", scope.channel())
                .param("kind", scope.kind().name())
                .param("last", scope.last())
                .update();
    }

    /**
     * How much does not agree.
     *
     * @param others of it, what was settled for others than this gateway, as is usual where another system charges on the
     *     same sales unit
     */
    public record Found(long unexplained, long unexplainedMinor, long others, long othersMinor) {

        /** Of all sales units. */
        public static Found in(List<Totals> totals) {
            return new Found(
                    totals.stream().mapToLong(Totals::unexplained).sum(),
                    totals.stream().mapToLong(Totals::unexplainedMinor).sum(),
                    totals.stream().mapToLong(Totals::others).sum(),
                    totals.stream().mapToLong(Totals::othersMinor).sum());
        }

        /** Places where something of ours does not agree. */
        public long ours() {
            return unexplained - others;
        }

        public long oursMinor() {
            return unexplainedMinor - othersMinor;
        }
    }

    /** What the last daily one of a channel found. */
    public record Last(LocalDate day, Found found) {}

    /** Empty before the first. */
    public Optional<Last> last(String channel) {
        return jdbc.sql(
                        """
                        select last_date, unexplained_count, unexplained_minor, others_count, others_minor from reconciliation
                        where channel = :channel and kind = 'DAY' order by last_date desc limit 1
                        """)
                .param("channel", channel)
                .query((row, number) -> new Last(
                        row.getObject("last_date", LocalDate.class),
                        new Found(
                                row.getLong("unexplained_count"),
                                row.getLong("unexplained_minor"),
                                row.getLong("others_count"),
                                row.getLong("others_minor"))))
                .optional();
    }
}

package org.chargebridge.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whether a sales unit may send: halted by a refusal of the whole unit, or slowed down by unknown outcomes. */
@Repository
public class SalesUnits {

    /**
     * What stands against sending.
     *
     * @param haltedAt business time of the 403 or lasting 401, while it lasts
     * @param nextProbeAt when one request may try whether the halt is over
     * @param outageSince business time of the first unknown outcome, until one request is answered below 500
     * @param outageFailures failures in a row
     * @param nextSendAt nothing is sent before
     */
    public record Standing(
            Optional<Instant> haltedAt,
            Optional<String> haltReason,
            Optional<Instant> nextProbeAt,
            Optional<Instant> outageSince,
            int outageFailures,
            Optional<Instant> nextSendAt) {}

    private final JdbcClient jdbc;

    public SalesUnits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the unit's row until the caller's transaction ends: whoever sends or records an answer holds it. */
    public Standing lock(String msn) {
        jdbc.sql("insert into sales_unit (msn) values (:msn) on conflict do nothing")
                .param("msn", msn)
                .update();
        return standing(msn, "for update").orElseThrow();
    }

    /** As it stands, without a lock; empty before anything was sent. */
    public Optional<Standing> standing(String msn) {
        return standing(msn, "");
    }

    private Optional<Standing> standing(String msn, String locking) {
        return jdbc.sql(
                        """
                        select halted_at, halt_reason, next_probe_at, outage_since, outage_failures, next_send_at
                        from sales_unit where msn = :msn
                        """
                                + locking)
                .param("msn", msn)
                .query((row, n) -> new Standing(
                        SqlTime.optional(row, "halted_at"),
                        Optional.ofNullable(row.getString("halt_reason")),
                        SqlTime.optional(row, "next_probe_at"),
                        SqlTime.optional(row, "outage_since"),
                        row.getInt("outage_failures"),
                        SqlTime.optional(row, "next_send_at")))
                .optional();
    }

    /**
     * Halts the unit, or moves the next probe of one already halted.
     *
     * @return whether it was running before, so that the alarm is raised once
     */
    public boolean halt(String msn, String reason, Instant now, Instant nextProbeAt) {
        boolean wasRunning = lock(msn).haltedAt().isEmpty();
        jdbc.sql(
                        """
                        update sales_unit
                        set halted_at = coalesce(halted_at, :now), halt_reason = :reason, next_probe_at = :nextProbeAt,
                            lookups_fail_since = null
                        where msn = :msn
                        """)
                .param("now", SqlTime.of(now))
                .param("reason", reason)
                .param("nextProbeAt", SqlTime.of(nextProbeAt))
                .param("msn", msn)
                .update();
        return wasRunning;
    }

    /** One request may go out as a probe; the next not before {@code nextProbeAt}. */
    public void probing(String msn, Instant nextProbeAt) {
        jdbc.sql("update sales_unit set next_probe_at = :nextProbeAt where msn = :msn")
                .param("nextProbeAt", SqlTime.of(nextProbeAt))
                .param("msn", msn)
                .update();
    }

    /**
     * Lets every halted unit be tried at once.
     *
     * @return the units that are halted
     */
    public List<String> probeHalted(Instant now) {
        return jdbc.sql("update sales_unit set next_probe_at = :now where halted_at is not null returning msn")
                .param("now", SqlTime.of(now))
                .query(String.class)
                .list();
    }

    /** Whether charges of the unit wait to be sent, or their request waits for its answer. */
    public boolean hasChargesToSend(String msn) {
        return jdbc.sql(
                        """
                        select exists (select 1 from block where msn = :msn and dispatch_id is null and not check_agreements)
                            or exists (select 1 from dispatch where msn = :msn and state in ('READY', 'SENDING'))
                        """)
                .param("msn", msn)
                .query(Boolean.class)
                .single();
    }

    /** A request was answered below 500: an outage is over; with {@code resumed} a halt is over, too. */
    public void answered(String msn, boolean resumed) {
        jdbc.sql(
                        """
                        update sales_unit
                        set outage_since = null, outage_failures = 0, next_send_at = null,
                            halted_at = case when :resumed then null else halted_at end,
                            halt_reason = case when :resumed then null else halt_reason end,
                            next_probe_at = case when :resumed then null else next_probe_at end
                        where msn = :msn
                        """)
                .param("resumed", resumed)
                .param("msn", msn)
                .update();
    }

    /** Look-ups get no useful answer: nothing is said of any charge. */
    public void lookupsFail(String msn, Instant now) {
        jdbc.sql("update sales_unit set lookups_fail_since = coalesce(lookups_fail_since, :now) where msn = :msn")
                .param("now", SqlTime.of(now))
                .param("msn", msn)
                .update();
    }

    /** A look-up was answered, on whatever node. */
    public void lookupsAnswered(String msn) {
        jdbc.sql("update sales_unit set lookups_fail_since = null where msn = :msn and lookups_fail_since is not null")
                .param("msn", msn)
                .update();
    }

    /** A request had an unknown outcome or could not be sent: nothing goes out before {@code nextSendAt}. */
    public void failed(String msn, Instant now, Instant nextSendAt) {
        jdbc.sql(
                        """
                        update sales_unit
                        set outage_since = coalesce(outage_since, :now), outage_failures = outage_failures + 1,
                            next_send_at = :nextSendAt
                        where msn = :msn
                        """)
                .param("now", SqlTime.of(now))
                .param("nextSendAt", SqlTime.of(nextSendAt))
                .param("msn", msn)
                .update();
    }
}

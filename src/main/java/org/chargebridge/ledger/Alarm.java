package org.chargebridge.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/**
 * A cause that was told to people, or is to be.
 *
 * @param raisedAt real time, by the database's clock
 * @param overAt the same; empty while the cause holds
 */
public record Alarm(long id, Finding finding, Instant raisedAt, Optional<Instant> overAt) {

    /** What can be wrong. */
    public enum Kind {
        /** A file was refused as a whole. */
        FILE_REFUSED,
        /** A file waits for a person as a whole. */
        FILE_HELD,
        /** A file lies on the server under a name that cannot be taken. */
        FILE_NAME_REFUSED,
        /** No file came where the channel expects one. */
        FILE_MISSING,
        /** The numbers in file names have a gap. */
        FILE_SEQUENCE,
        /** A status report was not made in time. */
        REPORT_LATE,
        /** Files for the ERP wait to be delivered. */
        DELIVERY_LATE,
        /** Instructions wait for a person. */
        DEAD_LETTERS,
        /** A route cannot go on. */
        ROUTE_FAILS,
        /** Charges are not sent, and their due date comes too near. */
        DUE_DATE_AT_RISK,
        /** Confirming charges will take longer than until they are due. */
        CONFIRMATION_LATE,
        /** Charges were due and are still not confirmed. */
        UNCONFIRMED,
        /** What moved back at the API, or appeared against a refusal. */
        ANOMALY,
        /** The SFTP server shows another key than the pinned one. */
        HOST_KEY_CHANGED,
        /** The SFTP server refuses the login. */
        SFTP_LOGIN_REFUSED,
        /** The SFTP server cannot be used for another reason. */
        SFTP_FAILS,
        /** The API refuses the keys of a sales unit. */
        API_KEYS_REFUSED,
        /** The API gives no useful answer. */
        API_FAILS,
        /** Webhooks cannot be relied on. */
        WEBHOOKS_FAIL,
        /** The Report API refuses the keys. */
        SETTLEMENT_KEYS_REFUSED,
        /** Settlements cannot be read. */
        SETTLEMENTS_FAIL,
        /** A settlement ledger has a gap. */
        SETTLEMENT_GAP,
        /** The API counts other entries in a closed day of a settlement ledger than its feed gave. */
        SETTLEMENT_DAY_DIFFERS,
        /** What was asked for, charged and settled does not agree. */
        RECONCILIATION_DIFFERENCE,
        /** Money on a sales unit of ours did not come through this gateway: usual where another system charges there. */
        SETTLED_FOR_OTHERS,
        /** Money of a settlement ledger is told by no channel. */
        SETTLEMENT_NOT_TOLD,
        /** A channel was taken out of the settings, or renamed, and something of it is left. */
        CHANNEL_GONE,
        /** The same of a sales unit. */
        SALES_UNIT_GONE,
        /** Customers hold links to offers that nobody answers any more. */
        OFFERS_UNREACHABLE,
        /** What must hold in the ledger does not. */
        INVARIANT_BROKEN,
        /** A node's clock does not agree with the database's. */
        CLOCK_SKEW;

        /** Whether its end is news, too; what happened at one moment has none. */
        public boolean hasEnd() {
            return this != ANOMALY;
        }
    }

    /**
     * What holds now.
     *
     * @param key what it is about: with the kind the same as long as one remedy mends it
     * @param file a file's name
     * @param amount how much money waits for it
     * @param reason whose sentences are told instead of the kind's own
     * @param arguments what the kind's sentences name, without personal data
     */
    public record Finding(
            Kind kind,
            String key,
            Optional<String> channel,
            Optional<String> file,
            Optional<Amount> amount,
            Optional<Reason> reason,
            List<String> arguments) {

        public Finding {
            arguments = List.copyOf(arguments);
        }

        public static Finding of(Kind kind, String key, Object... arguments) {
            return new Finding(
                    kind,
                    key,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    java.util.Arrays.stream(arguments).map(String::valueOf).toList());
        }

        public Finding at(String channelName) {
            return new Finding(kind, key, Optional.of(channelName), file, amount, reason, arguments);
        }

        public Finding with(Optional<Amount> sum) {
            return new Finding(kind, key, channel, file, sum, reason, arguments);
        }

        public Finding named(String fileName) {
            return new Finding(kind, key, channel, Optional.of(fileName), amount, reason, arguments);
        }

        public Finding because(Optional<Reason> why) {
            return new Finding(kind, key, channel, file, amount, why.map(Finding::impersonal), arguments);
        }

        /** What it quotes of a file without a header is somebody's name or number. */
        private static Reason impersonal(Reason reason) {
            return reason.code() == ReasonCode.FILE_LAYOUT_UNKNOWN ? Reason.of(reason.code(), "...", "...") : reason;
        }

        /** What makes it one alarm. */
        public String cause() {
            return kind + ":" + key;
        }
    }

    /** Money in minor units of a currency. */
    public record Amount(long minor, String currency) {}
}

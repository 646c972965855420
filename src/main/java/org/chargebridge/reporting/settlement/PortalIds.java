package org.chargebridge.reporting.settlement;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chargebridge.charge.EntryType;
import org.chargebridge.charge.Sha256;
import org.chargebridge.ledger.SettledCharge;
import org.chargebridge.ledger.SettledLine;

/** Ids as the portal's reports have them, where two are numbers. */
final class PortalIds {

    /** Of what waits for a payout. */
    static final long NO_SETTLEMENT = 0;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    /** As many digits as a spreadsheet keeps. */
    private static final long DERIVED_BELOW = 1_000_000_000_000_000L;

    private PortalIds() {}

    /**
     * Of a sale or refund the external id, else the order id, else the reference that the API shows; of everything else the
     * API's word for it.
     */
    static String order(SettledLine line) {
        if (line.type() != EntryType.CAPTURE && line.type() != EntryType.REFUND) {
            return line.word();
        }
        String order = line.charge()
                .map(charge -> charge.externalId().orElse(charge.orderId()))
                .orElse(line.reference());
        return order.isBlank() ? line.word() : order;
    }

    /**
     * The PSP reference where it is a number. Otherwise one of at most 15 digits that is always the same for it: the first
     * eight bytes of its SHA-256, modulo 10^15. A line without PSP reference has its word and reference in its place.
     */
    static long transaction(SettledLine line) {
        String reference = line.pspReference();
        return number(reference.isBlank() ? line.word() + '\u001F' + line.reference() : reference);
    }

    /** The number behind the last hyphen of a payout's id, where there is one; otherwise a number made from the id. */
    static long settlement(Optional<String> payoutId) {
        return payoutId.map(id -> {
                    String end = id.substring(id.lastIndexOf('-') + 1);
                    return number(NUMBER.matcher(end).matches() ? end : id);
                })
                .orElse(NO_SETTLEMENT);
    }

    private static long number(String id) {
        if (NUMBER.matcher(id).matches()) {
            return Long.parseLong(id);
        }
        byte[] digest = Sha256.digest().digest(id.getBytes(StandardCharsets.UTF_8));
        return Math.floorMod(ByteBuffer.wrap(digest).getLong(), DERIVED_BELOW);
    }

    /** What a payer's message would be: the KID of what was charged. */
    static String message(SettledLine line) {
        return line.charge().map(SettledCharge::kid).orElse("");
    }
}

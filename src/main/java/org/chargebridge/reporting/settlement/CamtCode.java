package org.chargebridge.reporting.settlement;

import java.io.IOException;
import org.chargebridge.charge.EntryType;
import org.chargebridge.ledger.SettlementGroup;
import org.chargebridge.reporting.format.IsoText;
import org.chargebridge.reporting.format.XmlOut;

/**
 * What banks call a type of entry, in the domain of payments. The codes are fixed; what an entry means exactly is the
 * API's own word, which stands beside them.
 */
enum CamtCode {
    /** Received credit transfer with agreed commercial information: what Norwegian banks give payments with KID. */
    PAYMENT("RCDT", "VCOM"),
    REPAYMENT("ICDT", "VCOM"),
    ADJUSTMENT_IN("RCDT", "ADJT"),
    ADJUSTMENT_OUT("ICDT", "ADJT"),
    FEE("MDOP", "CHRG"),
    TO_BANK("ICDT", "DMCT"),
    FROM_BANK("RCDT", "RRTN"),
    NOT_AVAILABLE("NTAV", "NTAV");

    private static final String ISSUER = "VIPPS MOBILEPAY";

    private final String family;
    private final String subFamily;

    CamtCode(String family, String subFamily) {
        this.family = family;
        this.subFamily = subFamily;
    }

    private static CamtCode of(EntryType type, boolean isDebit) {
        return switch (type) {
            case CAPTURE -> PAYMENT;
            case REFUND -> REPAYMENT;
            case RETAINED_DISPUTED_CAPTURE, RETURNED_DISPUTED_CAPTURE, CORRECTION, CREDIT_NOTE, TOP_UP ->
                isDebit ? ADJUSTMENT_OUT : ADJUSTMENT_IN;
            case CAPTURE_FEE, SERVICE_FEE, FEES_RETAINED, FEES_INVOICED -> FEE;
            case PAYOUT_SCHEDULED -> TO_BANK;
            case PAYOUT_ABORTED -> FROM_BANK;
            case OTHER -> NOT_AVAILABLE;
        };
    }

    static void write(XmlOut xml, SettlementGroup group) throws IOException {
        CamtCode code = of(group.type(), group.sumMinor() < 0);
        xml.open("BkTxCd", "Domn")
                .text("Cd", "PMNT")
                .open("Fmly")
                .text("Cd", code.family)
                .text("SubFmlyCd", code.subFamily)
                .close(2)
                .open("Prtry")
                .text("Cd", IsoText.cut(group.word(), IsoText.REFERENCE_MAX))
                .text("Issr", ISSUER)
                .close(2);
    }
}

package org.chargebridge.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.ledger.ReceiptRequest;
import org.junit.jupiter.api.Test;

class OutboundNamesTest {

    private static String name(String stem, int number) {
        ReceiptRequest.File file = new ReceiptRequest.File(
                1,
                "demo",
                stem + ".csv",
                ReportingRig.SHA,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "RECORDED",
                Optional.empty());
        return OutboundNames.receipt(
                new ReceiptRequest(1, ReceiptRequest.Kind.RECEIPT, number, stem, file), Channel.ReportFormat.CSV);
    }

    @Test
    void theFirstNumberIsLeftOut() {
        assertThat(name("faktura æøå 1", 1)).isEqualTo("receipt-faktura æøå 1-9f86d081.csv");
        assertThat(name("faktura", 2)).isEqualTo("receipt-faktura-9f86d081-2.csv");
    }

    @Test
    void whatAServerTakesForAPatternIsReplacedAndTheNameStaysItsOwn() {
        assertThat(name("a*b?c", 1)).startsWith("receipt-a_b_c-").isNotEqualTo(name("a?b*c", 1));
        assertThat(name("../../etc", 1)).doesNotContain("/");
    }

    @Test
    void anyStemFitsOnAnyDisk() {
        String one = name("ø".repeat(240), 12);
        String other = name("ø".repeat(239), 12);

        assertThat((".part-" + one).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(255);
        assertThat(one).isNotEqualTo(other);
    }
}

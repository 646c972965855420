package org.chargebridge.charge;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class OrderIdTest {

    private static OrderId orderId(String sourceId, String number) {
        return OrderId.of(new DocumentIdentity(sourceId, "", "", number, 1));
    }

    @Test
    void cleaningIsLossyAndTheHashTellsDocumentsApart() {
        assertThat(orderId("visma1", "1/2002").value()).startsWith("visma1-1-2002-");
        assertThat(orderId("visma1", "1-2002").value()).startsWith("visma1-1-2002-");
        assertThat(orderId("visma1", "1/2002")).isNotEqualTo(orderId("visma1", "1-2002"));
        assertThat(orderId("visma1", "Fæøå").value()).startsWith("visma1-Faeoeaa-");
    }

    @Test
    void numberOfNonLatinLettersOnlyStillHasAnId() {
        assertThat(orderId("visma1", "счёт").value()).matches("visma1-[0-9a-z]{12}");
    }

    @Test
    void blanksOfAnotherKindOrNumberMakeNoOtherDocument() {
        assertThat(orderId("visma1", "F\u00A01001")).isEqualTo(orderId("visma1", "F 1001"));
        assertThat(orderId("visma1", "F  1001")).isEqualTo(orderId("visma1", "F 1001"));
        assertThat(orderId("visma1", "F1001")).isNotEqualTo(orderId("visma1", "F 1001"));
    }

    @Property
    void everyIdentityHasAnIdTheApiTakes(@ForAll @NotBlank @StringLength(max = 80) String number) {
        org.assertj.core.api.Assumptions.assumeThat(number.strip()).isNotEmpty();
        assertThat(orderId("a", number).value()).matches("^[a-zA-Z\\d-]{8,50}$").startsWith("a-");
        assertThat(orderId("abcdefgh", number).value().length()).isLessThanOrEqualTo(46);
    }

    @Property
    void sameDocumentAlwaysHasTheSameId(@ForAll @NotBlank @StringLength(max = 80) String number) {
        org.assertj.core.api.Assumptions.assumeThat(number.strip()).isNotEmpty();
        assertThat(orderId("erp1", number)).isEqualTo(orderId("erp1", " " + number + " "));
    }
}

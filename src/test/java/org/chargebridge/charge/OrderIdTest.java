package org.chargebridge.charge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderIdTest {

    private static OrderId orderId(String sourceId, String number) {
        return OrderId.of(new DocumentIdentity(sourceId, "", "", number, 1));
    }

    /** Computed apart from the code: SHA-256 of the parts joined by U+001F, its first 60 bits in Crockford's letters. */
    @ParameterizedTest
    @CsvSource({
        "erp1, '', '', 10234, 1, erp1-10234-jjkf238cnd5p",
        "erp1, 999888777, 2026, F-10234, 3, erp1-F-10234-8s3j0mjakcjr",
        "visma1, '', '', Fæøå/2026, 1, visma1-Faeoeaa-2026-f260knzckggn",
        "x, '', '', ÆØÅÜ 7, 1, x-AEOEAAU-7-3r5qvtrqdtra",
        "erp1, '', '', azAZ09zZ, 1, erp1-azAZ09zZ-sqc8qkpqpk2p",
        "erp1, '', '', -1-, 1, erp1-1-ze64p16zadtn",
        "erp1, '', '', 123456789012345678901234, 1, erp1-123456789012345678901234-jevg567xvhd8",
        "erp1, '', '', 123456789012345678901234567, 1, erp1-123456789012345678901234-7p9hejm0e1zn",
        "erp1, '', '', 12345678901234567890123-5, 1, erp1-12345678901234567890123-5rn8w3qht0kk"
    })
    void aDocumentHasTheSameIdInEveryVersionForItIsChargedAgainUnderAnyOther(
            String sourceId, String legalEntity, String series, String number, int instalment, String orderId) {
        assertThat(OrderId.of(new DocumentIdentity(sourceId, legalEntity, series, number, instalment)))
                .hasToString(orderId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678", "azAZ09-_", "12345678901234567890123456789012345678901234567890"})
    void anIdOfTheApiIsTakenAsItIs(String value) {
        assertThat(new OrderId(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234567",
                "123456789012345678901234567890123456789012345678901",
                "1234 678",
                "1234567å",
                "1234/678"
            })
    void whatTheApiTakesForNoOrderIdIsNone(String value) {
        assertThatThrownBy(() -> new OrderId(value)).isInstanceOf(IllegalArgumentException.class);
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

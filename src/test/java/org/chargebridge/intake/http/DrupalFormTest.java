package org.chargebridge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.chargebridge.charge.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrupalFormTest {

    private final DrupalForm form = new DrupalForm(DrupalSettings.PriceUnit.MAJOR);

    private List<DrupalItem> items(Action action, String body) {
        return form.items(action, body.getBytes(StandardCharsets.UTF_8), "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'agreement_id': 1e2000000000, 'price': '250'}",
                "{'agreement_id': 'agr_1', 'price': 1e2000000000}",
                "{'agreement_id': 'agr_1', 'price': 1e-2000000000}",
                "{'agreement_id': 'agr_1', 'price': '250', 'invoice_number': 1e2000000000}"
            })
    void aNumberWithMoreDigitsThanThereIsMemoryIsReadAllTheSame(String item) {
        assertThat(items(Action.CHARGE, "[" + item.replace('\'', '"') + "]"))
                .singleElement()
                .satisfies(read -> assertThat(read.subject() + read.number()).hasSizeLessThan(100));
    }

    @Test
    void aNumberIsWrittenWithoutAnExponent() {
        assertThat(items(Action.CHARGE, "[{\"agreement_id\": 1.010e3, \"price\": 2.50e2}]"))
                .singleElement()
                .satisfies(read -> {
                    assertThat(read.subject()).isEqualTo("1010");
                    assertThat(read.amountMinor()).hasValue(25_000);
                });
    }

    @Test
    void aTextThatNothingCanKeepIsNotTakenForAFailure() {
        assertThatThrownBy(() -> items(Action.CANCEL, "[{\"charge_id\": \"a\\u0000b\"}]"))
                .isInstanceOf(HttpProblemException.class);
        assertThatThrownBy(() -> items(Action.STOP_AGREEMENT, "[\"agr_\\u0000b\"]"))
                .isInstanceOf(HttpProblemException.class);
        assertThatThrownBy(() -> DrupalForm.id("\"agr_\\u0000b\"".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(HttpProblemException.class);
    }
}

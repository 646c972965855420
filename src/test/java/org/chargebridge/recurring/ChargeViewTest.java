package org.chargebridge.recurring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.chargebridge.charge.ChargeStatus;
import org.chargebridge.recurring.ChargeView.HistoryEvent;
import org.chargebridge.recurring.ChargeView.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChargeViewTest {

    private static final String WHOLE =
            """
            {"id":"INV-1","agreementId":"agr_1","externalId":"KID-1","externalAgreementId":"x","amount":19900,
             "currency":"NOK","description":"October","due":"2026-12-01T00:00:00Z","retryDays":5,"status":"FAILED",
             "transactionId":"5001419121","type":"RECURRING","transactionType":"DIRECT_CAPTURE",
             "failureReason":"user_action_required","failureDescription":"No funds",
             "summary":{"captured":1,"refunded":2,"cancelled":3},
             "history":[
               {"occurred":"2026-11-01T10:00:00Z","event":"CREATE","amount":19900,"idempotencyKey":"c-1","success":true},
               {"occurred":"2026-12-01T10:00:00.123Z","event":"FAIL","amount":19900,"idempotencyKey":"k","success":false}],
             "unknown":[1]}
            """
                    .strip();

    private static ChargeView parse(String body) throws UnreadableAnswer {
        return ChargeView.parse(body.getBytes(UTF_8));
    }

    @Test
    void aChargeIsReadWhole() throws UnreadableAnswer {
        assertThat(parse(WHOLE))
                .isEqualTo(new ChargeView(
                        "INV-1",
                        "agr_1",
                        Optional.of("KID-1"),
                        19900,
                        Optional.of("NOK"),
                        Optional.of("RECURRING"),
                        Optional.of(false),
                        Optional.of(LocalDate.of(2026, 12, 1)),
                        OptionalInt.of(5),
                        "FAILED",
                        Optional.of(ChargeStatus.FAILED),
                        Optional.of("5001419121"),
                        Optional.of("user_action_required"),
                        Optional.of("No funds"),
                        new Summary(1, 2, 3),
                        List.of(
                                new HistoryEvent("2026-11-01T10:00:00Z", "CREATE", 19900, Optional.of("c-1"), true),
                                new HistoryEvent("2026-12-01T10:00:00.123Z", "FAIL", 19900, Optional.of("k"), false))));
    }

    @Test
    void whatIsAbsentOrUnknownIsNoFailure() throws UnreadableAnswer {
        ChargeView view = parse("{\"id\":\"I\",\"agreementId\":\"A\",\"amount\":\"100\",\"status\":\"FROZEN\","
                + "\"transactionId\":null,\"failureReason\":null,\"due\":\"soon\",\"history\":{}}");
        assertThat(view.statusWord()).isEqualTo("FROZEN");
        assertThat(view.status()).isEmpty();
        assertThat(view.amountMinor()).isEqualTo(100);
        assertThat(view.due()).isEmpty();
        assertThat(view.retryDays()).isEmpty();
        assertThat(view.transactionId()).isEmpty();
        assertThat(view.failureReason()).isEmpty();
        assertThat(view.summary()).isEqualTo(new Summary(0, 0, 0));
        assertThat(view.history()).isEmpty();
    }

    @Test
    void onlyTheFirstTenCharactersOfTheDueDateCount() throws UnreadableAnswer {
        for (String due : List.of("2026-12-01", "2026-12-01T00:00:00Z", "2026-12-01T23:00:00+05:00")) {
            assertThat(parse(WHOLE.replace("2026-12-01T00:00:00Z", due)).due()).contains(LocalDate.of(2026, 12, 1));
        }
        assertThat(parse(WHOLE.replace("2026-12-01T00:00:00Z", "2026-02-30T00")).due())
                .isEmpty();
    }

    @Test
    void aChargeIsWhatWasAskedByAgreementAmountAndDate() throws UnreadableAnswer {
        ChargeView view = parse(WHOLE);
        Optional<LocalDate> due = Optional.of(LocalDate.of(2026, 12, 1));
        assertThat(view.isWhatWasAsked("agr_1", 19900, due)).isTrue();
        assertThat(view.isWhatWasAsked("agr_2", 19900, due)).isFalse();
        assertThat(view.isWhatWasAsked("agr_1", 19901, due)).isFalse();
        assertThat(view.isWhatWasAsked("agr_1", 19900, due.map(day -> day.plusDays(1))))
                .isFalse();
    }

    @Test
    void whatWasAskedForAtOnceIsKnownByItsTypeWhateverDueDateTheApiShows() throws UnreadableAnswer {
        ChargeView scheduled = parse(WHOLE);
        ChargeView unscheduled = parse(WHOLE.replace("RECURRING", "UNSCHEDULED"));
        Optional<LocalDate> due = Optional.of(LocalDate.of(2026, 12, 1));
        assertThat(unscheduled.isWhatWasAsked("agr_1", 19900, Optional.empty())).isTrue();
        assertThat(unscheduled.isWhatWasAsked("agr_1", 19901, Optional.empty())).isFalse();
        assertThat(scheduled.isWhatWasAsked("agr_1", 19900, Optional.empty())).isFalse();
        assertThat(unscheduled.isWhatWasAsked("agr_1", 19900, due)).isFalse();
        ChargeView untold = parse(WHOLE.replace("\"type\":\"RECURRING\",", ""));
        assertThat(untold.isWhatWasAsked("agr_1", 19900, Optional.empty())).isTrue();
        assertThat(untold.isWhatWasAsked("agr_1", 19900, due)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"id\":\"INV-1\",", "\"agreementId\":\"agr_1\",", "\"amount\":19900,", "\"status\":\"FAILED\","
            })
    void withoutWhatIdentifiesItTheAnswerIsNotACharge(String field) {
        assertThat(WHOLE).contains(field);
        int place = WHOLE.indexOf(field);
        String without = WHOLE.substring(0, place) + WHOLE.substring(place + field.length());
        assertThatThrownBy(() -> parse(without)).isInstanceOf(UnreadableAnswer.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"199.5", "\"many\"", "99999999999999999999", "null", "{}"})
    void anAmountThatIsNotAWholeNumberIsNotGuessed(String amount) {
        assertThatThrownBy(() -> parse(WHOLE.replace("\"amount\":19900,\n", "\"amount\":" + amount + ",\n")))
                .isInstanceOf(UnreadableAnswer.class)
                .hasMessageContaining("amount");
    }

    @Test
    void aChargeCutAtAnyByteIsNotACharge() {
        byte[] whole = WHOLE.getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ChargeView.parse(cut)).isInstanceOf(UnreadableAnswer.class);
        }
    }

    @Test
    void wordsOfTheApiAreKnownInLettersOfAnyCase() throws UnreadableAnswer {
        ChargeView view = parse(WHOLE.replace("FAILED", "Partially_Captured")
                .replace("RECURRING", "unscheduled")
                .replace("DIRECT_CAPTURE", "reserve_capture")
                .replace("CREATE", "Create"));
        assertThat(view.status()).contains(ChargeStatus.PARTIALLY_CAPTURED);
        assertThat(view.statusWord()).isEqualTo("PARTIALLY_CAPTURED");
        assertThat(view.isMadeAtOnce()).isTrue();
        assertThat(view.reserveOnly()).contains(true);
        assertThat(view.history().get(0).event()).isEqualTo("CREATE");
    }
}

package org.chargebridge.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.channel.UsualSettings;
import org.chargebridge.charge.Action;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.Operation;
import org.chargebridge.recurring.AgreementView;
import org.chargebridge.recurring.UnreadableAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An update is done once the agreement shows all that its line asks for, and not before. */
class AgreementWishesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");

    private static final String SHOWN =
            """
            {"id":"agr_1","status":"ACTIVE","productName":"Fibre","productDescription":"500 Mbit","externalId":"C7",
             "pricing":{"type":"%s","amount":19900,"suggestedMaxAmount":50000,"currency":"NOK"},
             "interval":{"unit":"MONTH","count":2}}
            """;

    private static Decision decide(Action action, OptionalLong amount, Map<String, String> terms, String shown) {
        Operation line = new Operation(
                1,
                1,
                "demo",
                "123456",
                action,
                "identity",
                "agr_1",
                "",
                false,
                false,
                "agr_1",
                "K1",
                amount,
                "NOK",
                Optional.empty(),
                "",
                Optional.empty(),
                terms,
                0,
                Operation.State.OPEN,
                Operation.Phase.LOOK,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW,
                Optional.empty(),
                1);
        OperationSettings settings =
                new OperationSettings(OperationSettings.SCHEDULE, Duration.ofSeconds(30), Duration.ofHours(24));
        try {
            return new AgreementWishes(settings, new TestClock(NOW.toString()), UsualSettings.of(SendingSettings.class))
                    .decide(line, AgreementView.parse(shown.getBytes(UTF_8)));
        } catch (UnreadableAnswer e) {
            throw new IllegalStateException(e);
        }
    }

    private static Decision update(Map<String, String> terms) {
        return decide(Action.UPDATE_AGREEMENT, OptionalLong.empty(), terms, SHOWN.formatted("VARIABLE"));
    }

    @ParameterizedTest
    @CsvSource({
        "product_name, Fibre, Fiber",
        "product_description, 500 Mbit, 1000 Mbit",
        "external_id, C7, C8",
        "suggested_max_amount, 50000, 50001",
        "interval_unit, , FLEXIBLE"
    })
    void anUpdateIsDoneWhereTheAgreementShowsItAndCalledForWhereItDoesNot(String column, String shown, String other) {
        if (shown != null) {
            assertThat(update(Map.of(column, shown))).isInstanceOf(Decision.Done.class);
        }
        assertThat(update(Map.of(column, other))).isInstanceOf(Decision.Call.class);
    }

    @ParameterizedTest
    @CsvSource({"MONTH, 2, true", "MONTH, 1, false", "WEEK, 2, false"})
    void anIntervalIsItsUnitAndItsCount(String unit, String count, boolean done) {
        assertThat(update(Map.of("interval_unit", unit, "interval_count", count)) instanceof Decision.Done)
                .isEqualTo(done);
    }

    @Test
    void anUpdateIsNotDoneWhileOneOfItsWishesIsMissing() {
        assertThat(update(Map.of("product_name", "Fibre", "external_id", "C8"))).isInstanceOf(Decision.Call.class);
    }

    @ParameterizedTest
    @CsvSource({"19900, true", "19901, false"})
    void aPriceIsDoneOnlyWhereItIsTheVeryAmount(long amount, boolean done) {
        Decision decision =
                decide(Action.UPDATE_AGREEMENT, OptionalLong.of(amount), Map.of(), SHOWN.formatted("LEGACY"));
        assertThat(decision instanceof Decision.Done).isEqualTo(done);
    }

    @Test
    void aStopIsNeverTakenForAnUpdateThatAsksForNothing() {
        assertThat(decide(Action.STOP_AGREEMENT, OptionalLong.empty(), Map.of(), SHOWN.formatted("LEGACY")))
                .isInstanceOf(Decision.ListCharges.class);
    }

    /** What is reserved goes back to the customer with the agreement (MR23). */
    @ParameterizedTest
    @CsvSource({"yes, true", "no, false"})
    void aStopLetsReservedMoneyGoOnlyWhereItsLineSaysSo(String release, boolean calls) {
        Decision decision = decide(
                Action.STOP_AGREEMENT, OptionalLong.empty(), Map.of("release", release), SHOWN.formatted("LEGACY"));
        assertThat(decision instanceof Decision.Call).isEqualTo(calls);
    }
}

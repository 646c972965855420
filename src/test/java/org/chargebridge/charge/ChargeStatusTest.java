package org.chargebridge.charge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargeStatusTest {

    private static final Set<ChargeStatus> MONEY_MOVED =
            EnumSet.of(ChargeStatus.CHARGED, ChargeStatus.PARTIALLY_REFUNDED, ChargeStatus.REFUNDED);
    private static final Set<ChargeStatus> BEFORE_COLLECTION = EnumSet.of(
            ChargeStatus.UNCONFIRMED,
            ChargeStatus.REFUSED,
            ChargeStatus.HELD,
            ChargeStatus.PENDING,
            ChargeStatus.DUE,
            ChargeStatus.UNKNOWN,
            ChargeStatus.PROCESSING,
            ChargeStatus.FAILED,
            ChargeStatus.RESERVED);

    /** Where any walk over allowed moves ends up. */
    private static ChargeStatus walk(ChargeStatus start, List<ChargeStatus> seen) {
        ChargeStatus now = start;
        for (ChargeStatus next : seen) {
            if (now.mayMoveTo(next)) {
                now = next;
            }
        }
        return now;
    }

    @Property
    void whatWasPaidNeverBecomesUnpaidAgain(@ForAll List<ChargeStatus> seen) {
        assertThat(MONEY_MOVED).contains(walk(ChargeStatus.CHARGED, seen));
        assertThat(walk(ChargeStatus.REFUNDED, seen)).isEqualTo(ChargeStatus.REFUNDED);
    }

    @Property
    void cancelledChargeStaysCancelled(@ForAll List<ChargeStatus> seen) {
        assertThat(walk(ChargeStatus.CANCELLED, seen)).isEqualTo(ChargeStatus.CANCELLED);
    }

    @Property
    void whatTheApiOnceHadIsNeverUnconfirmedRefusedOrHeldAgain(
            @ForAll ChargeStatus start, @ForAll List<ChargeStatus> seen) {
        if (ChargeStatus.ofApi(start.name()).isPresent()) {
            assertThat(ChargeStatus.ofApi(walk(start, seen).name())).isPresent();
        }
    }

    @Property
    void stateMaySkipToAnyLaterOne(@ForAll ChargeStatus start) {
        if (BEFORE_COLLECTION.contains(start)) {
            assertThat(start.mayMoveTo(ChargeStatus.CHARGED)).isTrue();
            assertThat(start.mayMoveTo(ChargeStatus.REFUNDED)).isTrue();
        }
        assertThat(start.mayMoveTo(start)).isTrue();
    }

    /** The API's table of moves and what it lets skip; what is not named here is an anomaly and is not applied. */
    @ParameterizedTest
    @CsvSource({
        "REFUSED, PENDING DUE UNKNOWN PROCESSING FAILED RESERVED PARTIALLY_CAPTURED CANCELLED CHARGED PARTIALLY_REFUNDED"
                + " REFUNDED",
        "PENDING, DUE UNKNOWN PROCESSING FAILED RESERVED PARTIALLY_CAPTURED CANCELLED CHARGED PARTIALLY_REFUNDED REFUNDED",
        "DUE, UNKNOWN PROCESSING FAILED RESERVED PARTIALLY_CAPTURED CANCELLED CHARGED PARTIALLY_REFUNDED REFUNDED",
        "UNKNOWN, DUE PROCESSING FAILED RESERVED PARTIALLY_CAPTURED CANCELLED CHARGED PARTIALLY_REFUNDED REFUNDED",
        "PROCESSING, DUE UNKNOWN FAILED RESERVED PARTIALLY_CAPTURED CANCELLED CHARGED PARTIALLY_REFUNDED REFUNDED",
        "FAILED, RESERVED PARTIALLY_CAPTURED CANCELLED CHARGED PARTIALLY_REFUNDED REFUNDED",
        "RESERVED, PARTIALLY_CAPTURED CANCELLED CHARGED PARTIALLY_REFUNDED REFUNDED",
        "PARTIALLY_CAPTURED, CANCELLED CHARGED PARTIALLY_REFUNDED REFUNDED",
        "CANCELLED, ''",
        "CHARGED, PARTIALLY_REFUNDED REFUNDED",
        "PARTIALLY_REFUNDED, REFUNDED",
        "REFUNDED, ''"
    })
    void chargeMovesOnlyWhereTheApiCanTakeIt(ChargeStatus from, String onward) {
        assertThat(EnumSet.allOf(ChargeStatus.class).stream()
                        .filter(next -> next != from && from.mayMoveTo(next))
                        .map(ChargeStatus::name))
                .containsExactlyInAnyOrderElementsOf(onward.isEmpty() ? List.of() : List.of(onward.split(" ")));
    }

    @Test
    void failedChargeMayStillBePaidButIsNotDueAgain() {
        assertThat(ChargeStatus.FAILED.mayMoveTo(ChargeStatus.CHARGED)).isTrue();
        assertThat(ChargeStatus.FAILED.mayMoveTo(ChargeStatus.DUE)).isFalse();
    }

    @Test
    void ownStatesAreNotTheApis() {
        assertThat(ChargeStatus.ofApi("UNCONFIRMED")).isEmpty();
        assertThat(ChargeStatus.ofApi("REFUSED")).isEmpty();
        assertThat(ChargeStatus.ofApi("HELD")).isEmpty();
        assertThat(ChargeStatus.ofApi("held")).isEmpty();
    }

    @Test
    void theApisAreKnownInLettersOfAnyCase() {
        for (ChargeStatus status : EnumSet.range(ChargeStatus.PENDING, ChargeStatus.REFUNDED)) {
            assertThat(ChargeStatus.ofApi(status.name())).contains(status);
            assertThat(ChargeStatus.ofApi(status.name().toLowerCase(Locale.ROOT)))
                    .contains(status);
        }
    }
}

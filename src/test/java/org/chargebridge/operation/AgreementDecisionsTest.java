package org.chargebridge.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.operation.AgreementDecisions.Asked;
import org.chargebridge.operation.Wish.Progress;
import org.chargebridge.recurring.PatchRequest;
import org.chargebridge.recurring.PricingType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AgreementDecisionsTest {

    private static final ApiRequest REQUEST = ApiRequest.patch("agr_1", new PatchRequest.Stop());
    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<Reason> NO = Optional.empty();
    private static final Optional<Reason> REFUSED = Optional.of(Reason.of(ReasonCode.OPERATION_REFUSED, 400, "no"));

    private static Asked stop(boolean release, Progress progress, Optional<Reason> refusal) {
        return new Asked(Action.STOP_AGREEMENT, false, false, release, progress, refusal, REQUEST);
    }

    private static Asked update(boolean price, boolean most, Progress progress) {
        return new Asked(Action.UPDATE_AGREEMENT, price, most, false, progress, NO, REQUEST);
    }

    private static AgreementSight sight(AgreementStatus status, PricingType pricing, boolean asAsked) {
        return new AgreementSight("agr_1", status.name(), Optional.of(status), Optional.of(pricing), asAsked);
    }

    private static Stream<Arguments> cases() {
        AgreementSight active = sight(AgreementStatus.ACTIVE, PricingType.LEGACY, false);
        AgreementSight stopped = sight(AgreementStatus.STOPPED, PricingType.LEGACY, false);
        AgreementSight pending = sight(AgreementStatus.PENDING, PricingType.LEGACY, false);
        AgreementSight variable = sight(AgreementStatus.ACTIVE, PricingType.VARIABLE, false);
        AgreementSight asAsked = sight(AgreementStatus.ACTIVE, PricingType.LEGACY, true);
        return Stream.of(
                Arguments.of(stop(false, Progress.NOT_CALLED, NO), active, Decision.ListCharges.class),
                Arguments.of(stop(true, Progress.NOT_CALLED, NO), active, Decision.Call.class),
                Arguments.of(stop(false, Progress.NOT_CALLED, NO), stopped, Decision.Done.class),
                Arguments.of(stop(false, Progress.NOT_CALLED, NO), pending, Decision.Refuse.class),
                Arguments.of(stop(false, Progress.NOT_CALLED, REFUSED), active, Decision.Refuse.class),
                Arguments.of(stop(false, Progress.UNANSWERED, NO), active, Decision.Wait.class),
                Arguments.of(stop(false, Progress.UNANSWERED, NO), stopped, Decision.Done.class),
                Arguments.of(stop(false, Progress.GRACE_OVER, NO), active, Decision.ListCharges.class),
                Arguments.of(stop(true, Progress.GRACE_OVER, NO), active, Decision.Call.class),
                Arguments.of(stop(false, Progress.TAKEN_IN, NO), active, Decision.Wait.class),
                Arguments.of(stop(false, Progress.OVERDUE, NO), active, Decision.Hold.class),
                Arguments.of(update(true, false, Progress.NOT_CALLED), active, Decision.Call.class),
                Arguments.of(update(true, false, Progress.NOT_CALLED), variable, Decision.Refuse.class),
                Arguments.of(update(false, true, Progress.NOT_CALLED), active, Decision.Refuse.class),
                Arguments.of(update(false, true, Progress.NOT_CALLED), variable, Decision.Call.class),
                Arguments.of(update(true, false, Progress.TAKEN_IN), asAsked, Decision.Done.class),
                Arguments.of(update(true, false, Progress.NOT_CALLED), stopped, Decision.Refuse.class));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatFollowsIsAFunctionOfWhatIsSeen(Object asked, Object sight, Class<? extends Decision> decision) {
        assertThat(AgreementDecisions.of((Asked) asked, (AgreementSight) sight)).isInstanceOf(decision);
    }

    @ParameterizedTest
    @EnumSource(Progress.class)
    void aStatusThatThisVersionDoesNotKnowIsNeitherGuessedAtNorWaitedForWithoutAWord(Progress progress) {
        AgreementSight unknown = new AgreementSight("agr_1", "PAUSED", Optional.empty(), Optional.empty(), false);
        Decision decision = AgreementDecisions.of(stop(false, progress, NO), unknown);
        if (progress == Progress.UNANSWERED || progress == Progress.TAKEN_IN) {
            assertThat(decision).isInstanceOf(Decision.Wait.class);
        } else {
            assertThat(decision)
                    .isEqualTo(new Decision.Hold(Reason.of(ReasonCode.AGREEMENT_STATUS_UNKNOWN, "agr_1", "PAUSED")));
        }
    }

    @Test
    void aStopGoesOnlyWhenNoChargeOfTheWholeListIsReserved() {
        Asked stop = stop(false, Progress.NOT_CALLED, NO);
        Optional<String> more = Optional.of("token");
        assertThat(AgreementDecisions.listed(stop, "agr_1", NONE, more)).isEqualTo(new Decision.ListCharges(more));
        assertThat(AgreementDecisions.listed(stop, "agr_1", NONE, NONE)).isInstanceOf(Decision.Call.class);
        assertThat(AgreementDecisions.listed(stop, "agr_1", Optional.of("demo-1"), more))
                .isInstanceOf(Decision.Hold.class);
    }
}

package org.chargebridge.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.Queries;
import org.chargebridge.ledger.ReportedChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A long list of charges that a line asks for goes on where it was, and is not asked for without end. */
class QueryListTest {

    private final AgreementRig rig = new AgreementRig();
    private final Queries queries = new Queries(rig.jdbc, rig.clock);

    @BeforeEach
    void aQuestion() {
        long file = rig.lines.file("q", 1);
        rig.jdbc
                .sql(
                        """
                        insert into operation (file_id, position, channel, msn, action, identity, target, order_id, exact,
                            agreement_id, invoice_number, customer_number, kid, currency, description, terms, digest,
                            correction, cells, recorded_at, next_attempt_at)
                        values (:file, 9, 'demo', '123456', 'QUERY', 'q', 'agr_1', '', false, 'agr_1', '', '', '', 'NOK',
                            '', '{}', '', 0, '', now(), now())
                        """)
                .param("file", file)
                .update();
        queries.open(file);
        rig.answer(rig.call(), 200, AgreementRig.agreement("agr_1", "ACTIVE"));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static String charge(String id) {
        return "[{\"id\":\"" + id + "\",\"agreementId\":\"agr_1\",\"amount\":100,\"status\":\"DUE\"}]";
    }

    private List<ReportedChange> told() {
        return queries.told(queries.take("demo").orElseThrow());
    }

    private AgreementCall callAfter(Duration pause) {
        rig.clock.advance(pause.minusMillis(1));
        assertThat(rig.plan.next(AgreementRig.MSN)).as("before " + pause).isEmpty();
        rig.clock.advance(Duration.ofMillis(1));
        return rig.call();
    }

    @Test
    void itGoesOnNoFasterThanTheApiListsAndWhereItWasAfterARefusalForItsPace() {
        AgreementCall first = rig.call();
        assertThat(first.token()).isEmpty();
        rig.answer(first, 200, Map.of("Continuation-Token", "t1"), charge("one"));
        AgreementCall second = callAfter(Duration.ofSeconds(6));
        assertThat(second.token()).isEqualTo("t1");
        rig.answer(second, 429, Map.of("Retry-After", "20"), "");
        AgreementCall third = callAfter(Duration.ofSeconds(20));
        assertThat(third.token()).isEqualTo("t1");
        rig.answer(third, 503, "");
        AgreementCall fourth = callAfter(Duration.ofMinutes(1));
        assertThat(fourth.token()).isEqualTo("t1");
        rig.answer(fourth, 200, charge("two"));

        assertThat(told()).extracting(row -> row.orderId()).containsExactly("", "one", "two");
    }

    @Test
    void oneThatIsForgottenIsBegunAnewAndOneThatAlwaysIsIsToldWithoutItsCharges() {
        for (int round = 1; round <= 4; round++) {
            AgreementCall first = rig.call();
            assertThat(first.token()).as("round " + round).isEmpty();
            rig.answer(first, 200, Map.of("Continuation-Token", "t" + round), charge("one"));
            AgreementCall second = callAfter(Duration.ofSeconds(6));
            rig.answer(second, 400, "");
            rig.clock.advance(Duration.ofMinutes(1));
        }

        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
        assertThat(told())
                .singleElement()
                .extracting(ReportedChange::reason)
                .isEqualTo(Optional.of(Reason.of(ReasonCode.CHARGES_NOT_LISTED, "agr_1")));
    }
}

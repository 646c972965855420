package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.Test;

/** What a line says of an agreement is refused at intake where no request could be made of it later. */
class AgreementTermsTest {

    private static final String DRAFT = "action;invoice_number;product_name;pricing_type;amount\n";
    private static final String UPDATE = "action;invoice_number;agreement_id;amount;suggested_max_amount\n";

    private static IntakeRig rig() {
        return new IntakeRig(ChannelBuilder.channel()
                .agreements(none -> new Channel.Agreements(
                        false,
                        Channel.DraftWay.DIRECT,
                        Optional.empty(),
                        Optional.of("https://shop.example.com/thanks"),
                        Optional.of("https://shop.example.com/agreements"),
                        "Shop"))
                .build());
    }

    @Test
    void aPriceOutsideWhatTheApiTakesIsNeverOffered() {
        try (IntakeRig rig = rig()) {
            rig.receive(
                    "a.csv",
                    DRAFT + "draft-agreement;1;Power;legacy;0,99\n" + "draft-agreement;2;Power;legacy;21474836,48\n"
                            + "draft-agreement;3;Power;legacy;21474836,47\n");

            assertThat(rig.answers("a.csv"))
                    .containsExactly("2 REFUSED AMOUNT_BELOW_MINIMUM", "3 REFUSED AMOUNT_TOO_LARGE", "4 ACCEPTED -");
        }
    }

    @Test
    void aPriceOutsideWhatTheApiTakesIsNoChange() {
        try (IntakeRig rig = rig()) {
            rig.receive(
                    "a.csv",
                    UPDATE + "update-agreement;1;agr_abc1;0,50;\n" + "update-agreement;2;agr_abc1;-5,00;\n"
                            + "update-agreement;3;agr_abc1;21474836,48;\n" + "update-agreement;4;agr_abc1;1,00;\n");

            assertThat(rig.answers("a.csv"))
                    .containsExactly(
                            "2 REFUSED AMOUNT_BELOW_MINIMUM",
                            "3 REFUSED AMOUNT_BELOW_MINIMUM",
                            "4 REFUSED AMOUNT_TOO_LARGE",
                            "5 ACCEPTED -");
        }
    }

    @Test
    void anAgreementHasAPriceOrASuggestedMaximumNeverBoth() {
        try (IntakeRig rig = rig()) {
            rig.receive("a.csv", UPDATE + "update-agreement;1;agr_abc1;100,00;1500,00\n");

            assertThat(rig.answers("a.csv")).containsExactly("2 REFUSED TEXT_INVALID");
        }
    }

    @Test
    void aPriceThatItsKindHasNotIsNeverPassedOver() {
        try (IntakeRig rig = rig()) {
            rig.receive(
                    "a.csv",
                    DRAFT + "draft-agreement;1;Power;flexible;100,00\n" + "draft-agreement;2;Power;flexible;\n"
                            + "draft-agreement;3;Power;flexible;0\n");

            assertThat(rig.answers("a.csv")).containsExactly("2 REFUSED TEXT_INVALID", "3 ACCEPTED -", "4 ACCEPTED -");
        }
    }

    @Test
    void aCampaignThatIsOverIsNotOffered() {
        String columns =
                "action;invoice_number;product_name;amount;campaign_type;campaign_price;campaign_end;description\n";
        try (IntakeRig rig = rig()) {
            rig.receive(
                    "a.csv",
                    columns + "draft-agreement;1;Power;49,00;price_campaign;1,00;2026-11-19;\n"
                            + "draft-agreement;2;Power;49,00;price_campaign;1,00;2026-11-20;\n"
                            + "draft-agreement;3;Power;49,00;event_campaign;1,00;19.11.2026;Christmas\n"
                            + "draft-agreement;4;Power;49,00;period_campaign;1,00;3 months;\n");

            assertThat(rig.answers("a.csv"))
                    .containsExactly(
                            "2 REFUSED CAMPAIGN_OVER", "3 ACCEPTED -", "4 REFUSED CAMPAIGN_OVER", "5 ACCEPTED -");
        }
    }

    @Test
    void anAmountThatIsOutOfRangeIsToldWithItsColumn() {
        try (IntakeRig rig = rig()) {
            rig.receive(
                    "a.csv",
                    "action;number;product_name;net;initial_amount\n".replace("net", "belop")
                            + "draft-agreement;1;Power;49,00;0,50\n");
            rig.receive("b.csv", "invoice_number;agreement_id;belop;due_date\n1;agr_1;0,50;2026-12-01\n");

            assertThat(rig.jdbc
                            .sql(
                                    "select reason_code || ' ' || reason_arguments[1] from intake_exception order by file_id")
                            .query(String.class)
                            .list())
                    .containsExactly("AMOUNT_BELOW_MINIMUM initial_amount", "AMOUNT_BELOW_MINIMUM belop");
        }
    }
}

package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.Test;

/** Where what is accepted ends: the last that is, and the first that is not. */
class LimitsTest {

    private static final String HEADER = "invoice_number;agreement_id;amount;due_date;retry_days;action\n";

    /** The API's amount is an int32. */
    private static final long ANY = Integer.MAX_VALUE;

    private static Channel limits(long perChargeMinor, long perFileMinor) {
        return ChannelBuilder.channel()
                .policy(p -> new Channel.Policy(
                        p.lateDue(),
                        p.maxDaysLate(),
                        1,
                        LocalTime.of(22, 0),
                        p.onConflict(),
                        Optional.empty(),
                        perChargeMinor,
                        perFileMinor))
                .build();
    }

    private static String line(String number, String amount, String due, String retryDays, String action) {
        return String.join(";", number, "agr_abc1", amount, due, retryDays, action) + "\n";
    }

    private static String charge(String number, String amount) {
        return line(number, amount, "2026-12-01", "", "");
    }

    @Test
    void aChargeMayAskForAsMuchAsItsLimitAndWaitsForAPersonAboveIt() {
        try (IntakeRig rig = new IntakeRig(limits(400_00, ANY))) {
            rig.receive("a.csv", HEADER + charge("1", "400,00") + charge("2", "400,01"));

            assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 HELD ABOVE_MAX_PER_CHARGE");
        }
    }

    @Test
    void aChangeChargesAnewAndMayNotAskForMoreThanACharge() {
        try (IntakeRig rig = new IntakeRig(limits(400_00, ANY))) {
            rig.receive("a.csv", HEADER + charge("1", "100") + charge("2", "100"));
            rig.receive(
                    "b.csv",
                    HEADER
                            + line("1", "400,00", "2026-12-01", "", "change")
                            + line("2", "400,01", "2026-12-01", "", "change"));

            assertThat(rig.answers("b.csv")).containsExactly("2 ACCEPTED -", "3 HELD ABOVE_MAX_PER_CHARGE");
        }
    }

    @Test
    void aFileMayAskForAsMuchAsItsLimitAndWaitsAsAWholeAboveIt() {
        try (IntakeRig rig = new IntakeRig(limits(ANY, 250_00))) {
            rig.receive("a.csv", HEADER + charge("1", "100,00") + charge("2", "150,00"));
            rig.receive("b.csv", HEADER + charge("3", "100,00") + charge("4", "150,01"));

            assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
            assertThat(rig.answers("b.csv")).containsExactly("2 HELD ABOVE_MAX_PER_FILE", "3 HELD ABOVE_MAX_PER_FILE");
        }
    }

    @Test
    void whatChangesAskForCountsForTheLimitOfAFile() {
        try (IntakeRig rig = new IntakeRig(limits(ANY, 250_00))) {
            rig.receive("a.csv", HEADER + charge("1", "100,00") + charge("2", "100,00"));
            rig.receive(
                    "b.csv",
                    HEADER
                            + line("1", "150,00", "2026-12-01", "", "change")
                            + line("2", "100,01", "2026-12-01", "", "change"));

            assertThat(rig.answers("b.csv")).containsExactly("2 HELD ABOVE_MAX_PER_FILE", "3 HELD ABOVE_MAX_PER_FILE");
        }
    }

    @Test
    void aChargeIsOneKroneAtLeastAndAtMostWhatTheApiCanCount() {
        try (IntakeRig rig = new IntakeRig(limits(ANY, 10 * ANY))) {
            rig.receive(
                    "a.csv",
                    HEADER
                            + charge("1", "0,99")
                            + charge("2", "1,00")
                            + charge("3", "21474836,47")
                            + charge("4", "21474836,48"));

            assertThat(rig.answers("a.csv"))
                    .containsExactly(
                            "2 REFUSED AMOUNT_BELOW_MINIMUM",
                            "3 ACCEPTED -",
                            "4 ACCEPTED -",
                            "5 REFUSED AMOUNT_TOO_LARGE");
        }
    }

    @Test
    void whatWasCollectedElsewhereMayBeLessThanAnyChargeButIsNoDebt() {
        try (IntakeRig rig = new IntakeRig(limits(ANY, ANY))) {
            rig.receive(
                    "a.csv",
                    HEADER
                            + line("1", "0,01", "2026-12-01", "", "known")
                            + line("2", "-0,01", "2026-12-01", "", "known"));

            assertThat(rig.answers("a.csv"))
                    .containsExactly("2 IGNORED REGISTERED_AS_KNOWN", "3 REFUSED AMOUNT_INVALID");
        }
    }

    @Test
    void nothingIsPaidBackOrCapturedBelowTheSmallestAmount() {
        String header = "action;invoice_number;original_invoice_number;amount\n";
        try (IntakeRig rig = new IntakeRig(limits(ANY, ANY))) {
            rig.receive("a.csv", HEADER + charge("1", "100"));
            rig.receive(
                    "b.csv",
                    header
                            + "refund;K1;1;0,99\n"
                            + "refund;K2;1;1,00\n"
                            + "refund;K3;1;-50,00\n"
                            + "capture;K4;1;0\n"
                            + "capture;K5;1;21474836,48\n");

            assertThat(rig.answers("b.csv"))
                    .containsExactly(
                            "2 REFUSED AMOUNT_BELOW_MINIMUM",
                            "3 ACCEPTED -",
                            "4 REFUSED AMOUNT_INVALID",
                            "5 REFUSED AMOUNT_BELOW_MINIMUM",
                            "6 REFUSED AMOUNT_TOO_LARGE");
        }
    }

    @Test
    void aChargeIsDueWithinTwoYears() {
        try (IntakeRig rig = new IntakeRig(limits(ANY, ANY))) {
            rig.receive(
                    "a.csv", HEADER + line("1", "100", "2028-11-20", "", "") + line("2", "100", "2028-11-21", "", ""));

            assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 REFUSED DUE_TOO_FAR");
        }
    }

    @Test
    void theApiTriesForFourteenDaysAtMost() {
        try (IntakeRig rig = new IntakeRig(limits(ANY, ANY))) {
            rig.receive(
                    "a.csv",
                    HEADER
                            + line("1", "100", "2026-12-01", "0", "")
                            + line("2", "100", "2026-12-01", "14", "")
                            + line("3", "100", "2026-12-01", "15", "")
                            + line("4", "100", "2026-12-01", "-1", ""));

            assertThat(rig.answers("a.csv"))
                    .containsExactly(
                            "2 ACCEPTED -",
                            "3 ACCEPTED -",
                            "4 REFUSED RETRY_DAYS_INVALID",
                            "5 REFUSED RETRY_DAYS_INVALID");
            assertThat(rig.jdbc
                            .sql("select retry_days from instruction order by position")
                            .query(Integer.class)
                            .list())
                    .containsExactly(0, 14);
        }
    }
}

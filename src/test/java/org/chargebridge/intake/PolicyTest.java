package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chargebridge.intake.IntakeRig.HEADER;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.charge.Currency;
import org.junit.jupiter.api.Test;

class PolicyTest {

    private static String line(String number, String amount, String due) {
        return number + ";C1;agr_abc1;;" + amount + ";" + due + ";Text\n";
    }

    private static Channel shifting(int maxDaysLate) {
        return ChannelBuilder.channel()
                .policy(p -> new Channel.Policy(
                        Channel.LateDue.SHIFT,
                        maxDaysLate,
                        p.leadDays(),
                        p.cutOff(),
                        p.onConflict(),
                        Optional.empty(),
                        p.maxPerChargeMinor(),
                        p.maxPerFileMinor()))
                .build();
    }

    private static Channel limits(long perCharge, long perFile) {
        return ChannelBuilder.channel()
                .policy(p -> new Channel.Policy(
                        p.lateDue(),
                        p.maxDaysLate(),
                        p.leadDays(),
                        p.cutOff(),
                        p.onConflict(),
                        p.goLiveDate(),
                        perCharge,
                        perFile))
                .build();
    }

    private static Channel input(UnaryOperator<Channel.Input> change) {
        return ChannelBuilder.channel().input(change).build();
    }

    @Test
    void theEarliestDueDateIsALeadDayAwayAndOneMoreAfterTheCutOffInTheMarketsTime() {
        try (IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build())) {
            rig.clock.moveTo("2026-11-20T21:00:00Z");
            rig.receive("a.csv", HEADER + line("1", "100", "2026-11-21") + line("2", "100", "2026-11-20"));
            rig.clock.moveTo("2026-11-20T21:00:01Z");
            rig.receive("b.csv", HEADER + line("3", "100", "2026-11-21") + line("4", "100", "2026-11-22"));

            assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 REFUSED DUE_TOO_SOON");
            assertThat(rig.answers("b.csv")).containsExactly("2 REFUSED DUE_TOO_SOON", "3 ACCEPTED -");
        }
    }

    @Test
    void aChannelThatShiftsMovesLateDatesAndHoldsThoseTooLate() throws Exception {
        try (IntakeRig rig = new IntakeRig(shifting(3))) {
            rig.receive("a.csv", HEADER + line("1", "100", "2026-11-18") + line("2", "100", "2026-11-17"));

            assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED DUE_SHIFTED", "3 HELD TOO_LATE_TO_SHIFT");
            rig.redrive("TOO_LATE_TO_SHIFT");
            assertThat(rig.recorded())
                    .containsExactly("demo-1 10000 2026-11-21 agr_abc1", "demo-2 10000 2026-11-21 agr_abc1");

            rig.clock.moveTo("2026-11-22T11:00:00Z");
            rig.receive("b.csv", HEADER + line("1", "100", "2026-11-18"));
            assertThat(rig.answers("b.csv")).containsExactly("2 DUPLICATE ALREADY_RECORDED");
        }
    }

    @Test
    void documentsIssuedBeforeGoLiveAreHeldAndThoseWithoutIssueDateRefused() throws Exception {
        Channel channel =
                ChannelBuilder.channel().goLive(LocalDate.parse("2026-11-01")).build();
        String header = HEADER.strip() + ";invoice_date\n";
        try (IntakeRig rig = new IntakeRig(channel)) {
            rig.receive(
                    "a.csv",
                    header + line("1", "100", "2026-12-01").strip() + ";2026-10-31\n"
                            + line("2", "100", "2026-12-01").strip() + ";2026-11-01\n"
                            + line("3", "100", "2026-12-01").strip() + ";\n"
                            + line("4", "200000", "2026-12-01").strip() + ";2026-10-31\n");
            assertThat(rig.answers("a.csv"))
                    .containsExactly(
                            "2 HELD BEFORE_GO_LIVE",
                            "3 ACCEPTED -",
                            "4 REFUSED ISSUE_DATE_MISSING",
                            "5 HELD BEFORE_GO_LIVE");

            rig.writeReceipts();
            assertThat(rig.redrive("BEFORE_GO_LIVE")).contains("released");
            assertThat(rig.redrive("BEFORE_GO_LIVE")).contains("HELD");
            rig.writeReceipts();
            assertThat(rig.letters()).containsExactly("LINE ABOVE_MAX_PER_CHARGE");
            rig.redrive("ABOVE_MAX_PER_CHARGE");
            assertThat(rig.answers("a.csv"))
                    .containsExactly("2 ACCEPTED -", "3 ACCEPTED -", "4 REFUSED ISSUE_DATE_MISSING", "5 ACCEPTED -");
            assertThat(rig.blocks()).containsExactly("2-2 1", "3-3 1", "5-5 1");
            assertThat(rig.receipts()).containsExactly("a 1", "a 2", "a 3");
        }
    }

    @Test
    void aFileAboveItsLimitIsHeldAsAWholeUntilReleased() throws Exception {
        try (IntakeRig rig = new IntakeRig(limits(100_000_00, 250_00))) {
            String content = HEADER
                    + line("1", "100", "2026-12-01")
                    + line("2", "1.234", "2026-12-01")
                    + line("3", "200", "2026-12-01");
            rig.receive("a.csv", content);

            assertThat(rig.fileState("a.csv")).isEqualTo("HELD ABOVE_MAX_PER_FILE");
            assertThat(rig.answers("a.csv"))
                    .containsExactly(
                            "2 HELD ABOVE_MAX_PER_FILE", "3 HELD ABOVE_MAX_PER_FILE", "4 HELD ABOVE_MAX_PER_FILE");
            assertThat(rig.letters()).containsExactly("FILE ABOVE_MAX_PER_FILE");

            rig.receive("again.csv", content);
            rig.writeReceipts();
            assertThat(rig.letters()).containsExactly("FILE ABOVE_MAX_PER_FILE");
            assertThat(rig.redrive("ABOVE_MAX_PER_FILE")).contains("2 accepted");
            assertThat(rig.fileState("a.csv")).isEqualTo("RECORDED");
            assertThat(rig.answers("a.csv"))
                    .containsExactly("2 ACCEPTED -", "3 REFUSED AMOUNT_AMBIGUOUS", "4 ACCEPTED -");
            assertThat(rig.letters()).isEmpty();
            assertThat(rig.receipts()).containsExactly("a 1", "again 1", "a 2");
        }
    }

    @Test
    void aHeldFileThatIsDiscardedSendsNothing() throws Exception {
        try (IntakeRig rig = new IntakeRig(limits(100_000_00, 250_00))) {
            rig.receive("a.csv", HEADER + line("1", "300", "2026-12-01"));
            rig.writeReceipts();
            rig.discard("ABOVE_MAX_PER_FILE");

            assertThat(rig.answers("a.csv")).containsExactly("2 IGNORED DISCARDED");
            assertThat(rig.receipts()).containsExactly("a 1", "a 2");
            assertThat(rig.recorded()).isEmpty();
        }
    }

    @Test
    void aRefusedFileCanBeReadAgainOnlyWhenItsCauseIsGone() {
        try (IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build())) {
            rig.receive("a.csv", "x;y\n1;2\n");

            assertThatThrownBy(() -> rig.redrive("FILE_LAYOUT_UNKNOWN")).hasMessageContaining("still refused");
            assertThat(rig.letters()).containsExactly("FILE FILE_LAYOUT_UNKNOWN");
        }
    }

    @Test
    void aConflictCannotBeReleasedButDropped() throws Exception {
        try (IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build())) {
            rig.receive("a.csv", HEADER + line("1", "100", "2026-12-01") + line("1", "200", "2026-12-01"));

            assertThatThrownBy(() -> rig.redrive("CONFLICT")).hasMessageContaining("never charged a second time");
            rig.writeReceipts();
            rig.discard("CONFLICT");
            assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 IGNORED DISCARDED");
            assertThat(rig.receipts()).containsExactly("a 1", "a 2");
        }
    }

    @Test
    void aLastLineWithoutLineEndIsHeldUnlessTheChannelSaysOtherwise() throws Exception {
        String content = HEADER
                + line("1", "100", "2026-12-01")
                + line("2", "100", "2026-12-01").strip();
        try (IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build())) {
            rig.receive("a.csv", content);
            assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 HELD FINAL_LINE_UNFINISHED");

            rig.redrive("FINAL_LINE_UNFINISHED");
            assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
        }
        Channel optional = input(i -> new Channel.Input(
                i.format(),
                i.filePattern(),
                i.charset(),
                i.delimiter(),
                i.decimalMark(),
                i.datePattern(),
                i.columns(),
                i.trailer(),
                false,
                i.jsonPointer(),
                i.markerSuffix()));
        try (IntakeRig rig = new IntakeRig(optional)) {
            rig.receive("a.csv", content);
            assertThat(rig.answers("a.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
        }
    }

    @Test
    void anErrorsFileIsReadAsItWasWrittenWhereTheChannelsDocumentsHaveAnArrayInside() {
        Channel inside = input(i -> new Channel.Input(
                i.format(),
                i.filePattern(),
                i.charset(),
                i.delimiter(),
                i.decimalMark(),
                i.datePattern(),
                i.columns(),
                i.trailer(),
                true,
                Optional.of("/value"),
                i.markerSuffix()));
        String record =
                "{\"invoiceNumber\":\"1\",\"agreementId\":\"agr_abc1\",\"dueDate\":\"2026-12-01\",\"amount\":%s}";
        try (IntakeRig rig = new IntakeRig(inside)) {
            rig.receive("a.json", "{\"value\":[" + record.formatted("\"abc\"") + "]}");
            assertThat(rig.answers("a.json")).containsExactly("1 REFUSED AMOUNT_INVALID");

            rig.receive("errors-a.jsonl", record.formatted("100") + "\n");
            assertThat(rig.answers("errors-a.jsonl")).containsExactly("1 ACCEPTED -");
        }
    }

    @Test
    void aChannelThatRequiresAControlRowRefusesAFileWithoutButNotAnErrorsFile() {
        Channel required = input(i -> new Channel.Input(
                i.format(),
                i.filePattern(),
                i.charset(),
                i.delimiter(),
                i.decimalMark(),
                i.datePattern(),
                i.columns(),
                Channel.Trailer.REQUIRED,
                true,
                i.jsonPointer(),
                i.markerSuffix()));
        String lines = HEADER + line("1", "100", "2026-12-01") + line("2", "50,50", "2026-12-01");
        try (IntakeRig rig = new IntakeRig(required)) {
            rig.receive("a.csv", lines);
            assertThat(rig.fileState("a.csv")).isEqualTo("REFUSED FILE_TRAILER_MISSING");
            rig.receive("b.csv", lines + "TRAILER;2;150,51\n");
            assertThat(rig.fileState("b.csv")).isEqualTo("REFUSED FILE_TRAILER_MISMATCH");
            rig.receive("c.csv", lines + "TRAILER;3;150,50\n");
            assertThat(rig.fileState("c.csv")).isEqualTo("REFUSED FILE_TRAILER_MISMATCH");
            assertThat(rig.recorded()).isEmpty();
            rig.receive("d.csv", lines + "TRAILER;2;150,50");
            assertThat(rig.answers("d.csv")).containsExactly("2 ACCEPTED -", "3 ACCEPTED -");
            rig.receive("errors-a.csv", HEADER + line("3", "100", "2026-12-01"));
            assertThat(rig.answers("errors-a.csv")).containsExactly("2 ACCEPTED -");
        }
    }

    @Test
    void aSettingThatHeldOrRefusedLinesIsLookedAtAgainWhenTheFileComesAgain() {
        byte[] bytes = (HEADER + line("1", "500", "2026-12-01") + line("2", "1.234", "2026-12-01"))
                .getBytes(StandardCharsets.UTF_8);
        try (IntakeRig strict = new IntakeRig(limits(400_00, 100_000_00))) {
            strict.receive("demo", "a.csv", bytes);
            assertThat(strict.answers("a.csv"))
                    .containsExactly("2 HELD ABOVE_MAX_PER_CHARGE", "3 REFUSED AMOUNT_AMBIGUOUS");
            strict.receive("demo", "a.csv", bytes);
            assertThat(strict.answers("a.csv"))
                    .containsExactly("2 HELD ABOVE_MAX_PER_CHARGE", "3 REFUSED AMOUNT_AMBIGUOUS");
            assertThat(strict.letters()).containsExactly("LINE ABOVE_MAX_PER_CHARGE");
        }
    }

    @Test
    void aSeriesAndALegalEntityArePartOfTheIdentity() {
        String header = HEADER.strip() + ";document_series\n";
        try (IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build())) {
            rig.receive(
                    "a.csv",
                    header + line("1", "100", "2026-12-01").strip() + ";2026\n"
                            + line("1", "100", "2026-12-01").strip() + ";2027\n"
                            + line("2", "100", "2026-12-01").strip() + ";\n");

            assertThat(rig.answers("a.csv"))
                    .containsExactly("2 ACCEPTED -", "3 ACCEPTED -", "4 REFUSED SERIES_MISSING");
        }
    }

    @Test
    void theCurrencyOfALineMustBeTheSalesUnits() {
        String header = HEADER.strip() + ";currency\n";
        try (IntakeRig rig =
                new IntakeRig(ChannelBuilder.channel().currency(Currency.DKK).build())) {
            rig.receive(
                    "a.csv",
                    header + line("1", "100", "2026-12-01").strip() + ";dkk\n"
                            + line("2", "100", "2026-12-01").strip() + ";NOK\n"
                            + line("3", "100", "2026-12-01").strip() + ";SEK\n"
                            + line("4", "EUR 100", "2026-12-01").strip() + ";\n");

            assertThat(rig.answers("a.csv"))
                    .containsExactly(
                            "2 ACCEPTED -",
                            "3 REFUSED CURRENCY_MISMATCH",
                            "4 REFUSED CURRENCY_NOT_SUPPORTED",
                            "5 REFUSED CURRENCY_MISMATCH");
        }
    }

    @Test
    void kronerAreNoEuros() {
        try (IntakeRig rig =
                new IntakeRig(ChannelBuilder.channel().currency(Currency.EUR).build())) {
            rig.receive(
                    "a.csv",
                    HEADER
                            + line("1", "kr 100", "2026-12-01")
                            + line("2", "100,00 Kr.", "2026-12-01")
                            + line("3", "100,00 €", "2026-12-01"));

            assertThat(rig.answers("a.csv"))
                    .containsExactly("2 REFUSED CURRENCY_MISMATCH", "3 REFUSED CURRENCY_MISMATCH", "4 ACCEPTED -");
        }
    }

    @Test
    void anActionThatNobodyKnowsIsRefused() {
        String header = HEADER.strip() + ";action\n";
        StringBuilder lines = new StringBuilder(header);
        for (String action : new String[] {"pay"}) {
            lines.append(line(action, "100", "2026-12-01").strip())
                    .append(';')
                    .append(action)
                    .append('\n');
        }
        try (IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build())) {
            rig.receive("a.csv", lines.toString());

            assertThat(rig.answers("a.csv")).containsExactly("2 REFUSED ACTION_UNKNOWN");
        }
    }

    @Test
    void theCutOffIsASetting() {
        Channel channel = ChannelBuilder.channel()
                .policy(p -> new Channel.Policy(
                        p.lateDue(),
                        p.maxDaysLate(),
                        2,
                        LocalTime.of(11, 59),
                        p.onConflict(),
                        p.goLiveDate(),
                        p.maxPerChargeMinor(),
                        p.maxPerFileMinor()))
                .build();
        try (IntakeRig rig = new IntakeRig(channel)) {
            rig.receive("a.csv", HEADER + line("1", "100", "2026-11-22") + line("2", "100", "2026-11-23"));

            assertThat(rig.answers("a.csv")).containsExactly("2 REFUSED DUE_TOO_SOON", "3 ACCEPTED -");
        }
    }
}

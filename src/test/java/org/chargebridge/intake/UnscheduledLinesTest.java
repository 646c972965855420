package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines that are to be charged at once: what they may say, and what they are recorded as. */
class UnscheduledLinesTest {

    private static final String HEADER = "invoice_number;agreement_id;amount;type;due_date;invoice_date;action\n";

    private final IntakeRig rig =
            new IntakeRig(ChannelBuilder.channel().unscheduled().build());

    @AfterEach
    void closeLedger() {
        rig.close();
    }

    private List<String> column(String column) {
        return rig.jdbc
                .sql("select coalesce(%s::text, '-') from instruction order by file_id, position".formatted(column))
                .query(String.class)
                .list();
    }

    @Test
    void itIsRecordedWithoutDueDateAndWithoutRetries() {
        rig.receive("one.csv", HEADER + "1;agr_a1;10,00;UNSCHEDULED;;;\n2;agr_a1;10,00;recurring;2026-12-10;;\n");
        assertThat(column("requested_due")).containsExactly("-", "2026-12-10");
        assertThat(column("retry_days").get(0)).isEqualTo("0");
        assertThat(rig.blocks()).containsExactly("2-2 1", "3-3 1");
    }

    @Test
    void aFileOfThemAloneNeedsNoColumnForADate() {
        rig.receive("one.csv", "invoice_number;agreement_id;amount;type\n1;agr_a1;10,00;UNSCHEDULED\n2;agr_a1;9,00;\n");
        assertThat(rig.answers("one.csv")).containsExactly("2 ACCEPTED -", "3 REFUSED FIELD_MISSING");
    }

    @Test
    void theSameComesAsJson() {
        rig.receive(
                "one.jsonl",
                "{\"invoiceNumber\":\"1\",\"agreementId\":\"agr_a1\",\"amount\":10,\"type\":\"UNSCHEDULED\"}\n"
                        + "{\"invoiceNumber\":\"2\",\"agreementId\":\"agr_a1\",\"amount\":10,\"type\":\"UNSCHEDULED\","
                        + "\"dueDate\":\"2026-12-10\"}\n");
        assertThat(rig.answers("one.jsonl")).containsExactly("1 ACCEPTED -", "2 REFUSED NOT_FOR_UNSCHEDULED");
    }

    @Test
    void itsDateOfIssueMakesNoOtherContentAndADueDateDoes() {
        rig.receive("one.csv", HEADER + "1;agr_a1;10,00;UNSCHEDULED;;2026-11-01;\n");
        rig.receive(
                "two.csv",
                HEADER + "1;agr_a1;10,00;unscheduled;;2026-11-15;charge\n1;agr_a1;10,00;;2026-12-10;;\n"
                        + "1;agr_a1;11,00;UNSCHEDULED;;;\n");
        assertThat(rig.answers("two.csv"))
                .containsExactly("2 DUPLICATE ALREADY_RECORDED", "3 HELD CONFLICT", "4 HELD CONFLICT");
    }

    @Test
    void theMappingTableIsAskedForTheDayOnWhichItIsRead() {
        String today = java.time.LocalDate.ofInstant(rig.clock.instant(), java.time.ZoneId.of("Europe/Oslo"))
                .toString();
        rig.receive(
                "agreements.csv",
                "key_type;key;agreement_id;valid_from;valid_to\nCUSTOMER_NO;C1;agr_now1;;" + today
                        + "\nCUSTOMER_NO;C2;agr_past1;;2020-01-01\n");
        rig.receive(
                "one.csv",
                "invoice_number;customer_number;amount;type\n1;C1;10,00;UNSCHEDULED\n2;C2;10,00;UNSCHEDULED\n");
        assertThat(rig.answers("one.csv")).containsExactly("2 ACCEPTED -", "3 REFUSED AGREEMENT_UNKNOWN");
    }

    @Test
    void whatChargesNothingNeedsNoLeaveAndWhatChargesAgainHasADueDate() {
        rig.receive(
                "one.csv",
                HEADER + "1;agr_a1;10,00;UNSCHEDULED;;;known\n1;agr_a1;10,00;UNSCHEDULED;;;\n"
                        + "2;agr_a1;20,00;UNSCHEDULED;;;\n2;;15,00;UNSCHEDULED;2026-12-10;;change\n"
                        + "2;;;UNSCHEDULED;;;cancel\n3;agr_a1;20,00;INITIAL;2026-12-10;;\n"
                        + "4;agr_a1;20,00;Faktura;2026-12-10;;\n");
        assertThat(rig.answers("one.csv"))
                .containsExactly(
                        "2 IGNORED REGISTERED_AS_KNOWN",
                        "3 DUPLICATE ALREADY_RECORDED",
                        "4 ACCEPTED -",
                        "5 REFUSED TEXT_INVALID",
                        "6 ACCEPTED -",
                        "7 REFUSED TEXT_INVALID",
                        "8 ACCEPTED -");
    }

    @Test
    void aCreditNoteForOneThatWaitsTakesItBack() {
        rig.receive("one.csv", HEADER + "1;agr_a1;10,00;UNSCHEDULED;;;\n");
        rig.receive(
                "two.csv",
                "invoice_number;original_invoice_number;agreement_id;amount;type\n"
                        + "K1;1;agr_a1;-10,00;UNSCHEDULED\n");
        assertThat(rig.answers("two.csv")).containsExactly("2 ACCEPTED -");
    }

    @Property(tries = 30)
    void noBlockHoldsBothKindsAndEachLineIsInOne(@ForAll @Size(min = 1, max = 40) List<Boolean> unscheduled) {
        try (IntakeRig fresh =
                new IntakeRig(ChannelBuilder.channel().unscheduled().build())) {
            StringBuilder file = new StringBuilder(HEADER);
            List<Integer> once = new ArrayList<>();
            for (int n = 0; n < unscheduled.size(); n++) {
                file.append(n)
                        .append(
                                unscheduled.get(n)
                                        ? ";agr_a1;10,00;UNSCHEDULED;;;\n"
                                        : ";agr_a1;10,00;;2026-12-10;;\n");
                if (unscheduled.get(n)) {
                    once.add(n + 2);
                }
            }
            fresh.receive("one.csv", file.toString());
            assertThat(fresh.jdbc
                            .sql(
                                    """
                                    select i.position from instruction i join block b on b.file_id = i.file_id
                                        and i.position between b.first_position and b.last_position
                                    where b.unscheduled order by 1
                                    """)
                            .query(Integer.class)
                            .list())
                    .containsExactlyElementsOf(once);
            assertThat(fresh.jdbc
                            .sql("select sum(line_count) from block")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(unscheduled.size());
        }
    }
}

package org.chargebridge.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.chargebridge.oracle.OracleTest.Damage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of damage to offers behind addresses of ours is done to a sound run, and must be found. */
class OracleLinksTest {

    private static final String ADDRESS = "https://pay.example.com/agreements/1234";
    private static final String INPUT =
            """
            invoice_number;customer_number;agreement_id;amount;due_date;action;original_invoice_number;product_name
            L1;C21;;75,00;;draft-agreement;;Silver
            L2;;;;;stop-agreement;L1;
            """;
    private static final String HASH = Tables.shortHash(INPUT);
    private static final String REPORT = "status-erp-2-20261107T190000Z.csv";
    private static final String MAPPED = "receipt-agreements-accepted-erp-1-2-22222222.csv";
    private static final String FIRST =
            SoundDeeds.agreement("CREATE", "MERCHANT", "agr_21", "PENDING", "\"C21\"", "Silver");
    private static final String EXPIRED =
            SoundDeeds.agreement("EXPIRE", "SYSTEM", "agr_21", "EXPIRED", "\"C21\"", "Silver");
    private static final String SECOND = FIRST.replace("agr_21", "agr_22");
    private static final String ACCEPTED =
            SoundDeeds.agreement("ACTIVATE", "USER", "agr_22", "ACTIVE", "\"C21\"", "Silver");
    private static final String STOPPED =
            SoundDeeds.agreement("STOP", "MERCHANT", "agr_22", "STOPPED", "\"C21\"", "Silver");
    private static final String TOLD =
            "links.csv;2;L1;%s;;C21;draft-agreement;%s;;75.00;0.00;0.00;2026-11-07T19:00:00+01:00;";
    private static final String TOLD_EXPIRED = TOLD.formatted("agr_21", "EXPIRED");
    private static final String TOLD_ACTIVE = TOLD.formatted("agr_22", "ACTIVE");
    private static final String TAKEN_BACK =
            "links.csv;3;L2;agr_22;;;stop-agreement;STOPPED;;;0.00;0.00;2026-11-08T19:00:00+01:00;";

    @TempDir
    private Path home;

    private SoundRun run;

    @BeforeEach
    void setUp() {
        run = new SoundRun(home);
        run.drop("links.csv", INPUT);
        SoundRun.write(run.out().resolve(".done").resolve("20261102T080000000Z-" + HASH + "-links.csv"), INPUT);
        SoundRun.write(
                run.in().resolve("receipt-links-" + HASH + ".csv"),
                SoundRun.lines(
                        "position;invoice_number;order_id;action;answer;amount;currency;effective_due;confirmation_url",
                        "2;L1;;draft-agreement;ACCEPTED;75.00;NOK;;" + ADDRESS,
                        "3;L2;;stop-agreement;ACCEPTED;;NOK;;",
                        "2;;;control;ACCEPTED;75.00;NOK;;",
                        "2;;;control;READ;75.00;NOK;;"));
        tell(run, TOLD_EXPIRED, TOLD_ACTIVE, TAKEN_BACK);
        SoundRun.write(
                run.in().resolve(MAPPED),
                SoundRun.lines(
                        "position;agreement_id;action;answer;amount;currency",
                        "2;agr_22;mapping;ACCEPTED;;NOK",
                        "1;;control;ACCEPTED;0.00;NOK"));
        run.simulated(FIRST, EXPIRED, SECOND, ACCEPTED, STOPPED);
        led(run, ADDRESS, "agr_21");
    }

    private static void tell(SoundRun run, String... rows) {
        String amount = "%d.00"
                .formatted(75
                        * Stream.of(rows).filter(row -> row.contains(";75.00;")).count());
        SoundRun.write(
                run.in().resolve(REPORT),
                SoundRun.lines(Stream.of(
                                Stream.of(
                                        "source_file;position;invoice_number;agreement_id;order_id;external_id;action;"
                                                + "status;reason_code;amount;amount_captured;amount_refunded;last_change;confirmation_url"),
                                Stream.of(rows),
                                Stream.of(REPORT + ";" + rows.length + ";;;2;1;control;;;" + amount
                                        + ";0.00;0.00;2026-11-07T20:00:00+01:00;"))
                        .flatMap(part -> part)
                        .toArray(String[]::new)));
    }

    private static void led(SoundRun run, String address, String agreement) {
        SoundRun.write(run.led(), "address;agreement\n" + ADDRESS + ";agr_22\n" + address + ";" + agreement + "\n");
    }

    private static Arguments damage(String expected, Damage damage) {
        return Arguments.of(expected, damage);
    }

    @Test
    void soundRunHasNoFindings() {
        assertThat(Oracle.findings(run.evidence())).isEmpty();
    }

    @Test
    void draftThatExpiredBeforeItWasFoundNeedNotBeTold() {
        tell(run, TOLD_ACTIVE, TAKEN_BACK);

        assertThat(Oracle.findings(run.evidence())).isEmpty();
    }

    @Test
    void whatItsSellerEndedBeforeItWasMappedNeedNotBe() {
        run.remove(MAPPED);

        assertThat(Oracle.findings(run.evidence())).isEmpty();
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage(
                        "More than one agreement could be accepted at once for C21",
                        run -> run.changeLog(EXPIRED, "{}")),
                damage("Another agreement was offered to C21, who had accepted one", run -> {
                    run.simulated(ACCEPTED.replace("ACTIVATE", "STOP").replace("\"ACTIVE\"", "\"STOPPED\""));
                    run.simulated(FIRST.replace("agr_21", "agr_23"));
                }),
                damage("L1, taken back by L2, is ACTIVE as agr_22", run -> run.changeLog(STOPPED, "{}")),
                damage(
                        "L1, taken back by L2, was not told to be stopped, but the API stopped agr_22",
                        run -> tell(run, TOLD_EXPIRED, TOLD_ACTIVE)),
                damage(
                        "L1, taken back by L2, was drafted as agr_23 after that",
                        run -> run.simulated(FIRST.replace("agr_21", "agr_23").replace("11-02", "11-09"))),
                damage("L1 was led to agr_99, which was not drafted for it", run -> led(run, ADDRESS, "agr_99")),
                damage("came by " + ADDRESS + "5, which no receipt gave out", run -> led(run, ADDRESS + "5", "agr_21")),
                damage("L1 became ACTIVE, which the ERP was not told", run -> tell(run, TOLD_EXPIRED, TAKEN_BACK)),
                damage(
                        "L1 was told 2 times to be ACTIVE, which it became 1",
                        run -> tell(run, TOLD_EXPIRED, TOLD_ACTIVE, TOLD_ACTIVE, TAKEN_BACK)),
                damage(
                        "L1 was told 1 times to be STOPPED",
                        run -> tell(run, TOLD.formatted("agr_21", "STOPPED"), TOLD_ACTIVE, TAKEN_BACK)),
                damage(
                        "L1 was told to be agr_22 EXPIRED, which it is not",
                        run -> tell(run, TOLD.formatted("agr_22", "EXPIRED"), TOLD_ACTIVE, TAKEN_BACK)),
                damage("agr_22, which is for another product", run -> run.changeLog("Silver", "Gold")),
                damage("L1 became ACTIVE, and agr_22 was mapped 0 times", run -> {
                    run.changeLog(STOPPED, "{}");
                    run.remove(MAPPED);
                }),
                damage(
                        "L1 became EXPIRED, and agr_21 was mapped 1 times",
                        run -> run.change(MAPPED, ";agr_22;", ";agr_21;")),
                damage(
                        "L1 has an address of its own, and was replied to",
                        run -> SoundRun.write(
                                run.in().resolve("drafts-links-" + HASH + ".csv"),
                                SoundRun.lines(
                                        "invoice_number;agreement_id;status;confirmation_url",
                                        "L1;agr_22;PENDING;x"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damageIsFound(String expected, Damage damage) {
        damage.to(run);

        assertThat(Oracle.findings(run.evidence())).anyMatch(finding -> finding.contains(expected));
    }
}

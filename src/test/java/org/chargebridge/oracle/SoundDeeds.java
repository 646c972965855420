package org.chargebridge.oracle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A second file of a sound run, whose lines act on charges and agreements; and what came of that. */
final class SoundDeeds {

    private static final String INPUT =
            """
            invoice_number;customer_number;agreement_id;amount;due_date;action;original_invoice_number;product_name
            B1;;agr_5;50,00;2026-11-05;;;
            B2;;agr_6;60,00;2026-11-05;;;
            B3;;agr_7;70,00;2026-11-05;;;
            B4;;agr_8;80,00;2026-11-05;;;
            B5;;agr_9;40,00;2026-11-05;;;
            X1;;;;;cancel;B1;
            X2;;;25,00;;capture;B2;
            X3;;;35,00;;capture;B2;
            X4;;;71,00;2026-11-06;change;B3;
            X5;;;-20,00;;;B4;
            X6;;;;;cancel;B5;
            X7;;;30,00;;refund;A1;
            X8;;;500,00;;refund;A1;
            X9;;agr_10;;;update-agreement;;New
            X10;;agr_2;;;stop-agreement;;
            X11;C11;;75,00;;draft-agreement;;Gold
            X12;;;20,00;;refund;A2;
            """;
    private static final String HASH = Tables.shortHash(INPUT);

    static final String RECEIPT = "receipt-deeds-" + HASH + ".csv";
    static final String REPORT = "status-erp-2-20261107T190000Z.csv";
    static final String REPLY = "drafts-deeds-" + HASH + ".csv";
    static final String MAPPED = "receipt-agreements-accepted-erp-1-2-11111111.csv";

    private static final String RECEIPT_HEAD =
            "position;invoice_number;agreement_id;order_id;action;answer;amount;currency;effective_due";
    private static final String STATUS_HEAD =
            "source_file;position;invoice_number;agreement_id;order_id;external_id;action;"
                    + "status;reason_code;amount;amount_captured;amount_refunded;last_change;confirmation_url";

    /** A refund that waits for a person. */
    static final String HELD = "X12;agr_2;erp-A2-x;;refund;HELD;;20.00;102.50;0.00";

    /** The same, after a person refused it. */
    static final String GIVEN_UP = "X12;agr_2;erp-A2-x;;refund;REFUSED;OPERATION_DISCARDED;20.00;102.50;0.00";

    private static final List<String> TOLD = List.of(
            "B1;agr_5;erp-B1-x;;charge;CANCELLED;;50.00;0.00;0.00",
            "X1;agr_5;erp-B1-x;;cancel;CANCELLED;;;0.00;0.00",
            "B2;agr_6;erp-B2-x;;charge;CHARGED;;60.00;60.00;0.00",
            "X2;agr_6;erp-B2-x;;capture;PARTIALLY_CAPTURED;;25.00;25.00;0.00",
            "X3;agr_6;erp-B2-x;;capture;CHARGED;;35.00;60.00;0.00",
            "B3;agr_7;erp-B3-x;;charge;CANCELLED;;70.00;0.00;0.00",
            "X4;agr_7;erp-B3-x-2;;change;PENDING;CHARGED_ANEW;71.00;0.00;0.00",
            "X4;agr_7;erp-B3-x-2;;change;CHARGED;;71.00;71.00;0.00",
            "B4;agr_8;erp-B4-x;;charge;CANCELLED;;80.00;0.00;0.00",
            "X5;agr_8;erp-B4-x-2;;refund;PENDING;CHARGED_ANEW;60.00;0.00;0.00",
            "X5;agr_8;erp-B4-x-2;;refund;CHARGED;;60.00;60.00;0.00",
            "B5;agr_9;erp-B5-x;;charge;CANCELLED;CANCELLED_BEFORE_SENDING;40.00;0.00;0.00",
            "X6;agr_9;erp-B5-x;;cancel;CANCELLED;CANCELLED_BEFORE_SENDING;;0.00;0.00",
            "X7;agr_1;erp-A1-x;;refund;PARTIALLY_REFUNDED;;30.00;101.50;30.00",
            "A1;agr_1;erp-A1-x;;charge;PARTIALLY_REFUNDED;;101.50;101.50;30.00",
            "X8;agr_1;erp-A1-x;;refund;REFUSED;REFUND_ABOVE_REST;500.00;101.50;30.00",
            HELD,
            "X9;agr_10;;;update-agreement;ACTIVE;;;0.00;0.00",
            "X10;agr_2;;;stop-agreement;STOPPED;;;0.00;0.00",
            "X11;agr_11;;C11;draft-agreement;ACTIVE;;75.00;0.00;0.00",
            ";agr_2;;;agreement;STOPPED;;;0.00;0.00");

    private SoundDeeds() {}

    /** Goes on after the first file of the run. */
    static void add(SoundRun run) {
        run.drop("deeds.csv", INPUT);
        SoundRun.write(run.out().resolve(".done").resolve("20261102T080000000Z-" + HASH + "-deeds.csv"), INPUT);
        Path in = run.in();
        SoundRun.write(in.resolve(RECEIPT), receipt());
        tell(run, List.of());
        SoundRun.write(
                in.resolve(REPLY),
                SoundRun.lines(
                        STATUS_HEAD,
                        "deeds.csv;17;X11;agr_11;;C11;draft-agreement;PENDING;;75.00;0.00;0.00;2026-11-02T09:00:00+01:00;"
                                + "https://api.example.com/agr_11"));
        SoundRun.write(
                in.resolve(MAPPED),
                SoundRun.lines(RECEIPT_HEAD, "2;;agr_11;;mapping;ACCEPTED;;NOK;", "1;;;;control;ACCEPTED;0.00;NOK;"));
        run.simulated(LOG);
    }

    /** The report tells these rows, too, after its own. */
    static void tell(SoundRun run, List<String> more) {
        SoundRun.write(
                run.in().resolve(REPORT),
                report(Stream.concat(TOLD.stream(), more.stream()).toList()));
    }

    /** What a person wrote down of an order about the line of this number. */
    static String decision(String subject, String number, String order, String answer) {
        List<String> numbers =
                INPUT.lines().map(line -> line.substring(0, line.indexOf(';'))).toList();
        return String.join(";", subject, HASH, String.valueOf(numbers.indexOf(number) + 1), order, answer);
    }

    private static String receipt() {
        List<String> rows = new ArrayList<>();
        rows.add(RECEIPT_HEAD);
        List<String> lines = INPUT.lines().skip(1).toList();
        for (int i = 0; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(";", -1);
            boolean charge = cells[0].startsWith("B");
            rows.add(String.join(
                    ";",
                    String.valueOf(i + 2),
                    cells[0],
                    cells[2],
                    charge ? "erp-" + cells[0] + "-x" : "",
                    charge ? "charge" : cells[5],
                    "ACCEPTED",
                    cells[3].replace(',', '.'),
                    "NOK",
                    charge ? cells[4] : ""));
        }
        rows.add("17;;;;control;ACCEPTED;1036.00;NOK;");
        rows.add("17;;;;control;READ;1036.00;NOK;");
        return SoundRun.lines(rows.toArray(String[]::new));
    }

    private static String report(List<String> told) {
        List<String> rows = new ArrayList<>(Collections.singleton(STATUS_HEAD));
        told.forEach(row -> rows.add("deeds.csv;2;" + row + ";2026-11-07T19:00:00+01:00;"));
        rows.add(REPORT + ";" + told.size() + ";;;2;1;control;;;" + sum(told, 7) + ";" + sum(told, 8) + ";"
                + sum(told, 9) + ";2026-11-07T20:00:00+01:00;");
        return SoundRun.lines(rows.toArray(String[]::new));
    }

    private static String sum(List<String> told, int cell) {
        long minor = told.stream()
                .map(row -> row.split(";", -1)[cell])
                .mapToLong(amount -> Tables.minor(amount).orElse(0L))
                .sum();
        return minor / 100 + "." + "%02d".formatted(minor % 100);
    }

    private static String move(String to, String event, String key, String id, long amount) {
        return "{\"op\":\"transition\",\"msn\":\"123456\",\"to\":\"" + to + "\",\"event\":\"" + event + "\",\"key\":\""
                + key + "\",\"charges\":[[\"" + id + "\"," + amount + "]]}";
    }

    private static String paid(String id, long amount) {
        return "{\"op\":\"transition\",\"msn\":\"123456\",\"to\":\"CHARGED\",\"charges\":[[\"" + id + "\"," + amount
                + "]]}";
    }

    private static String reserved(String id, long amount) {
        return paid(id, amount).replace("CHARGED", "RESERVED");
    }

    /** A charge made by itself. */
    static String made(String id, String agreement, long amount, String due) {
        return "{\"op\":\"create-charge\",\"msn\":\"123456\",\"hash\":\"h\",\"key\":\"k\",\"charges\":[[\"" + id
                + "\",\"" + agreement + "\"," + amount + ",\"" + due + "\"]]}";
    }

    /** Something that happened to an agreement. */
    static String agreement(String event, String actor, String id, String status, String externalId, String product) {
        return "{\"at\":\"2026-11-02T09:00:00Z\",\"op\":\"agreement\",\"event\":\"" + event + "\",\"actor\":\"" + actor
                + "\",\"agreement\":{\"id\":\""
                + id + "\",\"status\":\"" + status + "\",\"externalId\":" + externalId
                + ",\"terms\":{\"productName\":\"" + product + "\"}}}";
    }

    static final String REFUND = move("PARTIALLY_REFUNDED", "REFUND", "r7", "erp-A1-x", 3000);
    static final String CAPTURE = move("PARTIALLY_CAPTURED", "CAPTURE", "c2", "erp-B2-x", 2500);
    static final String CANCEL_1 = move("CANCELLED", "CANCEL", "d1", "erp-B1-x", 5000);
    static final String CANCEL_3 = move("CANCELLED", "CANCEL", "d3", "erp-B3-x", 7000);
    static final String CHANGED = made("erp-B3-x-2", "agr_7", 7100, "2026-11-06");
    static final String UPDATE = agreement("UPDATE", "MERCHANT", "agr_10", "ACTIVE", "null", "New");
    static final String STOP = agreement("STOP", "MERCHANT", "agr_2", "STOPPED", "null", "Old");
    static final String DRAFT = agreement("CREATE", "MERCHANT", "agr_11", "PENDING", "\"C11\"", "Gold");
    static final String ACCEPT = agreement("ACTIVATE", "USER", "agr_11", "ACTIVE", "\"C11\"", "Gold");

    private static final String[] LOG = Stream.of(
                    made("erp-B1-x", "agr_5", 5000, "2026-11-05"),
                    made("erp-B2-x", "agr_6", 6000, "2026-11-05"),
                    made("erp-B3-x", "agr_7", 7000, "2026-11-05"),
                    made("erp-B4-x", "agr_8", 8000, "2026-11-05"),
                    CANCEL_1,
                    CANCEL_3,
                    CHANGED,
                    move("CANCELLED", "CANCEL", "d4", "erp-B4-x", 8000),
                    made("erp-B4-x-2", "agr_8", 6000, "2026-11-05"),
                    UPDATE,
                    STOP,
                    DRAFT,
                    ACCEPT,
                    reserved("erp-B2-x", 6000),
                    paid("erp-B4-x-2", 6000),
                    paid("erp-B3-x-2", 7100),
                    CAPTURE,
                    move("CHARGED", "CAPTURE", "c3", "erp-B2-x", 3500),
                    REFUND)
            .toArray(String[]::new);
}

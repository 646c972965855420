package org.chargebridge.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A small run in which everything went right, as files; and the ways in which to damage it. */
final class SoundRun {

    static final String INPUT =
            """
            invoice_number;customer_number;agreement_id;kid;amount;currency;due_date;description
            A1;91234567;agr_1;00812345678;101,50;NOK;2026-11-05;One
            A2;C2;agr_2;;102,50;NOK;2026-11-05;Two
            A3;C3;agr_3;;103,50;NOK;2026-11-05;Three
            A4;C4;agr_4;;98,50;NOK;2026-11-05;Four
            """;
    static final String HASH = Tables.shortHash(INPUT);

    static final String RECEIPT = "receipt-day-" + HASH + ".csv";
    static final String RECEIPT_2 = "receipt-day-" + HASH + "-2.csv";
    static final String ERRORS = "errors-day-" + HASH + ".csv";
    static final String ERRORS_2 = "errors-day-" + HASH + "-2.csv";
    static final String REPORT = "status-erp-1-20261105T190000Z.csv";
    static final String REPORT_2 = "status-erp-2-20261105T190000Z.csv";

    static final String RECEIPT_HEAD =
            "source_file;position;invoice_number;customer_number;kid;agreement_id;order_id;action;answer;reason_code;"
                    + "reason_text;amount;currency;requested_due;effective_due;confirmation_url";
    static final String STATUS_HEAD =
            "source_file;position;order_id;external_id;action;status;amount;amount_captured;last_change";
    private static final String ARCHIVED = "20261102T070000000Z-" + HASH + "-day.csv";

    private final Path home;
    private boolean approvesRefunds;
    private int drops = 1;

    SoundRun(Path home) {
        this.home = home;
        write(home.resolve("dropped/erp/00001-day.csv"), INPUT);
        write(out().resolve(".done").resolve(ARCHIVED), INPUT);
        write(
                in().resolve(RECEIPT),
                lines(
                        RECEIPT_HEAD,
                        "day.csv;2;A1;;;agr_1;erp-A1-x;charge;ACCEPTED;;;101.50;NOK;2026-11-05;2026-11-05;",
                        "day.csv;3;A2;;;agr_2;erp-A2-x;charge;ACCEPTED;;;102.50;NOK;2026-11-05;2026-11-05;",
                        "day.csv;4;A3;;;agr_3;erp-A3-x;charge;ACCEPTED;;;103.50;NOK;2026-11-05;2026-11-05;",
                        "day.csv;5;A4;;;agr_4;erp-A4-x;charge;HELD;ABOVE;Why;98.50;NOK;2026-11-05;;",
                        "day.csv;3;;;;;;control;ACCEPTED;;;307.50;NOK;;;",
                        "day.csv;1;;;;;;control;HELD;;;98.50;NOK;;;",
                        "day.csv;0;;;;;;control;REFUSED;;;0.00;NOK;;;",
                        "day.csv;4;;;;;;control;READ;;;406.00;NOK;;;"));
        write(in().resolve(ERRORS), lines("invoice_number;amount;reason_code", "A4;98,50;ABOVE"));
        write(
                in().resolve(REPORT),
                lines(
                        STATUS_HEAD,
                        "day.csv;2;erp-A1-x;A1;charge;CHARGED;101.50;101.50;2026-11-05T19:00:00+01:00",
                        "day.csv;3;erp-A2-x;A2;charge;CHARGED;102.50;102.50;2026-11-05T19:00:00+01:00",
                        "day.csv;4;erp-A3-x;A3;charge;REFUSED;103.50;0.00;2026-11-05T19:00:00+01:00",
                        REPORT + ";3;1;;control;;307.50;204.00;2026-11-05T20:00:00+01:00"));
        simulated("{\"at\":\"2026-11-05T08:00:00Z\",\"op\":\"clock\"}");
        simulated(
                """
                {"op":"create-charges","msn":"123456","key":"k1","hash":"h1","ready":"2026-11-02T07:00:00Z",\
                "charges":[["erp-A1-x","agr_1",10150,"2026-11-05"],["erp-A2-x","agr_2",10250,"2026-11-05"],\
                ["erp-A3-x","agr_3",10350,"2026-11-05"]]}""",
                """
                {"op":"batch-processed","msn":"123456","key":"k1","refused":[[2,"erp-A3-x","agr_3","unknown-agreement"]]}""",
                """
                {"op":"transition","msn":"123456","to":"CHARGED","charges":[["erp-A1-x",10150],["erp-A2-x",10250]]}""");
        write(logFile(), "ready\nKID ***678 is taken\n");
    }

    Evidence evidence() {
        return new Evidence(
                home.resolve("dropped"),
                simulatorLog(),
                List.of(new Evidence.Exchange("erp", out(), in(), approvesRefunds)),
                List.of(logFile()),
                new Evidence.People(decisions(), orders(), led()),
                List.of("client-secret-1"));
    }

    /** Refunds wait for a person from now on. */
    void approvesRefunds() {
        approvesRefunds = true;
    }

    Path led() {
        return home.resolve("led.csv");
    }

    Path orders() {
        return home.resolve("orders.csv");
    }

    Path decisions() {
        return home.resolve("decisions.csv");
    }

    Path out() {
        return home.resolve("out");
    }

    Path in() {
        return home.resolve("in");
    }

    private Path simulatorLog() {
        return home.resolve("simulator.log.jsonl");
    }

    private Path logFile() {
        return home.resolve("gateway.log");
    }

    static String lines(String... rows) {
        return String.join("\r\n", rows) + "\r\n";
    }

    void simulated(String... events) {
        String before = Files.exists(simulatorLog()) ? Tables.text(simulatorLog()) : "";
        write(simulatorLog(), before + String.join("\n", events) + "\n");
    }

    /** Drops another file and gives its hash. */
    String drop(String name, String content) {
        write(home.resolve("dropped/erp/%05d-".formatted(++drops) + name), content);
        return Tables.shortHash(content);
    }

    void change(String name, String from, String to) {
        String text = Tables.text(in().resolve(name));
        String changed = text.replace(from, to);
        if (changed.equals(text)) {
            throw new IllegalArgumentException(name + " holds no " + from);
        }
        write(in().resolve(name), changed);
    }

    void changeOnce(String name, String from, String to) {
        String text = Tables.text(in().resolve(name));
        write(in().resolve(name), text.replaceFirst(Pattern.quote(from), to));
    }

    void cutRow(String name, String holding) {
        String kept = Tables.text(in().resolve(name))
                .lines()
                .filter(row -> !row.contains(holding))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
        write(in().resolve(name), kept);
    }

    void repeatRow(String name, String holding) {
        String text = Tables.text(in().resolve(name));
        String row =
                text.lines().filter(line -> line.contains(holding)).findFirst().orElseThrow();
        change(name, row, row + "\r\n" + row);
    }

    void cutEnd(String name, int characters) {
        String text = Tables.text(in().resolve(name));
        write(in().resolve(name), text.substring(0, text.length() - characters));
    }

    void remove(String name) {
        try {
            Files.delete(in().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void copy(String name, String other) {
        write(in().resolve(other), Tables.text(in().resolve(name)));
    }

    void rename(String name, String other) {
        copy(name, other);
        remove(name);
    }

    void changeLog(String from, String to) {
        String text = Tables.text(simulatorLog());
        if (!text.contains(from)) {
            throw new IllegalArgumentException("the simulator's log holds no " + from);
        }
        write(simulatorLog(), text.replace(from, to));
    }

    void charge(String id, long amount, String due, String agreement) {
        simulated("{\"op\":\"create-charge\",\"msn\":\"123456\",\"hash\":\"h\",\"key\":\"k\",\"charges\":[[\"" + id
                + "\",\"" + agreement + "\"," + amount + ",\"" + due + "\"]]}");
    }

    void repeatCharge(String id) {
        charge(id, 10150, "2026-11-05", "agr_1");
    }

    void askAgain(String id) {
        simulated(
                "{\"op\":\"create-charges\",\"msn\":\"123456\",\"hash\":\"h2\",\"key\":\"k2\",\"ready\":\"x\","
                        + "\"charges\":[[\"" + id + "\",\"agr_1\",10150,\"2026-11-05\"]]}",
                "{\"op\":\"batch-processed\",\"msn\":\"123456\",\"key\":\"k2\",\"refused\":[[0,\"" + id
                        + "\",\"agr_1\",\"duplicate-order-id\"]]}");
    }

    void cutReportRow(String orderId) {
        cutRow(REPORT, orderId);
    }

    /** The same line in another file, answered ACCEPTED instead of DUPLICATE. */
    void acceptAgain() {
        String again = INPUT.lines().limit(2).collect(Collectors.joining("\n", "", "\n"));
        String hash = drop("again.csv", again);
        write(
                in().resolve("receipt-again-" + hash + ".csv"),
                lines(
                        RECEIPT_HEAD,
                        "again.csv;2;A1;;;agr_1;erp-A1-x;charge;ACCEPTED;;;101.50;NOK;2026-11-05;2026-11-05;",
                        "again.csv;1;;;;;;control;ACCEPTED;;;101.50;NOK;;;",
                        "again.csv;1;;;;;;control;READ;;;101.50;NOK;;;"));
    }

    /** The same content under another name: its held line is held for another cause now. */
    void comeAgainUnderAnotherName() {
        drop("again.csv", INPUT);
        write(out().resolve(".done").resolve(ARCHIVED.replace("day.csv", "again.csv")), INPUT);
        copy(RECEIPT, "receipt-again-" + HASH + ".csv");
        change("receipt-again-" + HASH + ".csv", "HELD;ABOVE", "HELD;CREDITED");
        copy(ERRORS, "errors-again-" + HASH + ".csv");
    }

    /** A second report that tells what the first one told. */
    void reportAgain(String orderId, String status) {
        String next = "status-erp-2-20261106T190000Z.csv";
        write(
                in().resolve(next),
                lines(
                        STATUS_HEAD,
                        "day.csv;2;" + orderId + ";A;charge;" + status + ";101.50;101.50;2026-11-06T19:00:00+01:00",
                        next + ";1;2;1;control;;101.50;101.50;2026-11-06T20:00:00+01:00"));
    }

    /** What people asked for about held lines and approvals, and were answered: nothing else. */
    void decided(String... decisions) {
        write(decisions(), Decisions.HEADER + "\n" + String.join("\n", decisions) + "\n");
    }

    void leave(String name) {
        write(out().resolve(name), INPUT);
    }

    void loseArchive() {
        try {
            Files.delete(out().resolve(".done").resolve(ARCHIVED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void archiveAgain() {
        write(out().resolve(".done").resolve("20261103" + ARCHIVED.substring(8)), INPUT);
    }

    void log(String line) {
        write(logFile(), line + "\n");
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

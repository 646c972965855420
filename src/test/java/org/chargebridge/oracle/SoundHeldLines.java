package org.chargebridge.oracle;

import java.util.stream.Collectors;

/** What people may do about the held line of a sound run, and what comes of it. */
final class SoundHeldLines {

    private SoundHeldLines() {}

    private static final String HELD = "erp-A4-x;charge;HELD;ABOVE;Why;98.50;NOK;2026-11-05;;";

    /** What a person wrote down of an order about the held line A4. */
    static String decision(String subject, String order, String answer) {
        return String.join(";", subject, SoundRun.HASH, "5", order, answer);
    }

    /** The accepted line A1 comes once more with another amount, and is held. */
    static void holdConflict(SoundRun run) {
        String other = SoundRun.INPUT
                .lines()
                .limit(2)
                .collect(Collectors.joining("\n", "", "\n"))
                .replace("101,50", "101,60");
        String hash = run.drop("other.csv", other);
        SoundRun.write(
                run.in().resolve("receipt-other-" + hash + ".csv"),
                SoundRun.lines(
                        SoundRun.RECEIPT_HEAD,
                        "other.csv;2;A1;;;agr_1;erp-A1-x;charge;HELD;CONFLICT;Why;101.60;NOK;2026-11-05;;",
                        "other.csv;1;;;;;;control;HELD;;;101.60;NOK;;;",
                        "other.csv;1;;;;;;control;READ;;;101.60;NOK;;;"));
        SoundRun.write(
                run.in().resolve("errors-other-" + hash + ".csv"),
                SoundRun.lines("invoice_number;amount;reason_code", "A1;101,60;CONFLICT"));
        SoundRun.write(run.out().resolve(".done").resolve("20261102T090000000Z-" + hash + "-other.csv"), other);
    }

    /** The held line A4 is given up: a second receipt tells so. */
    static void giveUp(SoundRun run) {
        SoundRun.write(
                run.in().resolve(SoundRun.RECEIPT_2),
                Tables.text(run.in().resolve(SoundRun.RECEIPT))
                        .replace(HELD, "erp-A4-x;charge;IGNORED;DISCARDED;Why;98.50;NOK;2026-11-05;;")
                        .replace("day.csv;1;;;;;;control;HELD;", "day.csv;1;;;;;;control;IGNORED;"));
    }

    /** The held line A4 goes on: a second receipt accepts it, and it is charged. */
    static void letGo(SoundRun run) {
        String text = Tables.text(run.in().resolve(SoundRun.RECEIPT));
        SoundRun.write(
                run.in().resolve(SoundRun.RECEIPT_2),
                text.replace(HELD, "erp-A4-x;charge;ACCEPTED;;;98.50;NOK;2026-11-05;2026-11-05;")
                        .replace("day.csv;3;;;;;;control;ACCEPTED;;;307.50", "day.csv;4;;;;;;control;ACCEPTED;;;406.00")
                        .replace("day.csv;1;;;;;;control;HELD;;;98.50", "day.csv;0;;;;;;control;HELD;;;0.00"));
        run.charge("erp-A4-x", 9850, "2026-11-05", "agr_4");
        run.simulated(
                "{\"op\":\"transition\",\"msn\":\"123456\",\"to\":\"CHARGED\",\"charges\":[[\"erp-A4-x\",9850]]}");
        String report = "status-erp-2-20261106T190000Z.csv";
        SoundRun.write(
                run.in().resolve(report),
                SoundRun.lines(
                        SoundRun.STATUS_HEAD,
                        "day.csv;5;erp-A4-x;A4;charge;CHARGED;98.50;98.50;2026-11-06T19:00:00+01:00",
                        report + ";1;2;1;control;;98.50;98.50;2026-11-06T20:00:00+01:00"));
    }
}

package org.chargebridge.oracle;

/** What a {@link SoundRun} charged is paid out, less fees, and reported by payout for the books and by day for people. */
final class SoundSettlement {

    static final String POSTED = "settlement-erp-payout-1-20261105.csv";
    static final String READ = "info/settlement-erp-date-1-20261105.csv";

    private static final String HEAD = "ledger_id;ledger_date;payout_id;entry_type;invoice_number;order_id;external_id;"
            + "psp_reference;net;remark;reference";

    private SoundSettlement() {}

    static void add(SoundRun run) {
        run.simulated(
                """
                {"at":"2026-11-05T23:00:00Z","op":"settlement-closed","ledger":"3123456","day":"2026-11-05"}\
                """,
                "{\"at\":\"2026-11-06T12:00:00Z\",\"op\":\"clock\"}");
        SoundRun.write(run.in().resolve(POSTED), report("settlement-erp-payout-1-20261105"));
        SoundRun.write(run.in().resolve(READ), report("settlement-erp-date-1-20261105"));
    }

    private static String report(String name) {
        return SoundRun.lines(
                HEAD,
                "3123456;2026-11-05;3123456-1;capture;erp-A1-x;erp-A1-x;;5001;101.50;;erp-A1-x",
                "3123456;2026-11-05;3123456-1;capture;erp-A2-x;erp-A2-x;;5002;102.50;;erp-A2-x",
                "3123456;2026-11-05;3123456-1;fees-retained;;;;F1;-5.61;;",
                "3123456;2026-11-05;3123456-1;payout-scheduled;;;;3123456-1;-198.39;;Utb. Demo Vippsnr 1",
                "3123456;2026-11-05;3123456-1;control;;;;;198.39;EXPECTED_AT_BANK;Utb. Demo Vippsnr 1",
                "3123456;2026-11-05;;control;4;1;;;0.00;SUM;" + name);
    }
}

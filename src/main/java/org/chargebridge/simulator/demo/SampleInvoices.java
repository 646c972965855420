package org.chargebridge.simulator.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of the sample files: invoices as a Norwegian ERP exports them, with semicolon, decimal comma and dates with
 * dots, followed by one line for everything that can be wrong with a line.
 */
final class SampleInvoices {

    static final String STOPPED = "agr_stopped0001";
    static final String EXPIRED = "agr_expired0001";
    static final String NOT_ACCEPTED = "agr_pending0001";

    private static final String HEADER =
            "invoice_number;customer_number;agreement_id;kid;amount;currency;due_date;description;retry_days;action";
    private static final DateTimeFormatter DOTTED = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final int FIRST_NUMBER = 20_001;
    private static final int FIRST_CUSTOMER = 50_001;
    private static final int BY_CUSTOMER = 20;
    private static final int BY_KID = 5;

    /**
     * Amounts in minor units that the API's test environment answers in its own way; the last one is paid on a retry
     * day.
     */
    private static final List<Integer> SPECIAL = List.of(151, 182, 183, 184, 186, 187, 188, 197, 202, 201, 203);

    private static final List<Integer> PRICES = List.of(29900, 49900, 8900, 124950, 64900, 19900, 399000, 74925);
    private static final List<String> TEXTS = List.of(
            "Abonnement Basis",
            "Abonnement Pluss",
            "Parkering, plass 12",
            "Fjernvarme for høsten",
            "Strøm og nettleie");

    private final LocalDate today;
    private final LocalDate due;
    private final int count;

    SampleInvoices(LocalDate today, LocalDate due, int count) {
        this.today = today;
        this.due = due;
        this.count = count;
    }

    /** The mapping table: which agreement pays for a customer or a KID that stands without one in the invoices. */
    String agreements() {
        List<String> lines = new ArrayList<>();
        lines.add("key_type;key;agreement_id;currency;retry_days;valid_from;valid_to");
        for (int i = 0; i < BY_CUSTOMER; i++) {
            lines.add("CUSTOMER_NO;" + customer(i) + ";" + agreement(i) + ";NOK;3;;");
        }
        for (int i = BY_CUSTOMER; i < BY_CUSTOMER + BY_KID; i++) {
            lines.add("KID;" + kid(i) + ";" + agreement(i) + ";NOK;;;");
        }
        return text(lines.stream());
    }

    String invoices() {
        Stream<String> valid =
                Stream.iterate(0, i -> i < count, i -> i + 1).map(this::valid).map(Row::line);
        return text(Stream.concat(Stream.of(HEADER), Stream.concat(valid, faulty().stream())));
    }

    private static String text(Stream<String> lines) {
        return lines.collect(Collectors.joining("\n", "", "\n"));
    }

    private Row valid(int i) {
        int special = i - (BY_CUSTOMER + BY_KID);
        int amount = special >= 0 && special < SPECIAL.size()
                ? SPECIAL.get(special)
                : PRICES.get(i % PRICES.size()) + 100 * (i % 7);
        Row row = new Row(number(i), customer(i), agreement(i), kid(i), amount(amount), date(due), text(i));
        if (i < BY_CUSTOMER) {
            return row.agreement("");
        }
        if (i < BY_CUSTOMER + BY_KID) {
            return row.agreement("").customer("");
        }
        return special < SPECIAL.size() ? row.retryDays(special < SPECIAL.size() / 2 ? "2" : "4") : row;
    }

    private static String text(int i) {
        if (i % 250 == 101) {
            return "Abonnement; \"Pluss\" med rabatt";
        }
        return i % 250 == 102 ? "Abonnement Pluss\nsamt frakt" : TEXTS.get(i % TEXTS.size());
    }

    /** One line for each kind of trouble; the description says which. */
    private List<String> faulty() {
        Row duplicate = valid(count - 1);
        List<Row> rows = List.of(
                next(1, "amount missing").amount(""),
                next(2, "amount with three decimals").amount("1.499,001"),
                next(3, "amount ambiguous").amount("1.234"),
                next(4, "amount below the minimum").amount("0,99"),
                next(5, "amount not a number").amount("four hundred"),
                next(6, "amount zero").amount("0,00"),
                next(7, "negative amount, a credit").amount("-150,00"),
                next(8, "amount above max-per-charge").amount("25000,00"),
                next(9, "currency of another market").currency("DKK"),
                next(10, "currency unknown").currency("XYZ"),
                next(11, "date that does not exist").due("31.02." + due.getYear()),
                next(12, "due today, too soon").due(date(today)),
                next(13, "due in the past").due(date(today.minusDays(20))),
                next(14, "due in more than two years")
                        .due(date(today.plusYears(2).plusDays(5))),
                next(15, "due date missing").due(""),
                next(16, "customer without agreement").agreement("").customer("99999"),
                next(17, "agreement id malformed").agreement("agr-demo 17"),
                next(18, "no key of an agreement").agreement("").customer("").kid(""),
                next(19, "invoice number missing").number(""),
                duplicate,
                duplicate.amount("777,00"),
                next(22, "action of a later version").action("refund"),
                next(23, "action unknown").action("collect"),
                next(24, "collected elsewhere").action("known"),
                next(25, "drops the line before that was refused")
                        .number(number(count + 5))
                        .action("discard"),
                next(26, "retry days out of range").retryDays("99"),
                next(27, "KID damaged by a spreadsheet").kid("1,23457E+17"),
                next(28, "agreement stopped by the customer").agreement(STOPPED),
                next(29, "agreement never accepted").agreement(NOT_ACCEPTED),
                next(30, "agreement expired").agreement(EXPIRED),
                next(31, "agreement unknown to the API").agreement("agr_nobody0001"));
        List<String> lines = new ArrayList<>(rows.stream().map(Row::line).toList());
        lines.add(next(32, "more fields than the header has").line() + ";surplus");
        return lines;
    }

    private Row next(int n, String description) {
        int i = count + n;
        return new Row(number(i), customer(i), agreement(i), kid(i), "499,00", date(due), description);
    }

    private static String number(int i) {
        return Integer.toString(FIRST_NUMBER + i);
    }

    private static String customer(int i) {
        return Integer.toString(FIRST_CUSTOMER + i);
    }

    private static String agreement(int i) {
        return "agr_demo%04d".formatted(i + 1);
    }

    private static String date(LocalDate day) {
        return day.format(DOTTED);
    }

    private static String amount(int minor) {
        return BigDecimal.valueOf(minor, 2).toPlainString().replace('.', ',');
    }

    /** Customer and invoice number with a check digit by Luhn's rule, as on a Norwegian giro. */
    private static String kid(int i) {
        String digits = customer(i) + number(i);
        int sum = 0;
        for (int at = 0; at < digits.length(); at++) {
            int digit = digits.charAt(digits.length() - 1 - at) - '0';
            int weighted = at % 2 == 0 ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return digits + (10 - sum % 10) % 10;
    }

    /** A line of the file by its columns. */
    private record Row(List<String> fields) {

        private Row(
                String number, String customer, String agreement, String kid, String amount, String due, String text) {
            this(List.of(number, customer, agreement, kid, amount, "NOK", due, text, "", ""));
        }

        private Row set(int column, String value) {
            List<String> changed = new ArrayList<>(fields);
            changed.set(column, value);
            return new Row(List.copyOf(changed));
        }

        private Row number(String value) {
            return set(0, value);
        }

        private Row customer(String value) {
            return set(1, value);
        }

        private Row agreement(String value) {
            return set(2, value);
        }

        private Row kid(String value) {
            return set(3, value);
        }

        private Row amount(String value) {
            return set(4, value);
        }

        private Row currency(String value) {
            return set(5, value);
        }

        private Row due(String value) {
            return set(6, value);
        }

        private Row retryDays(String value) {
            return set(8, value);
        }

        private Row action(String value) {
            return set(9, value);
        }

        private String line() {
            return fields.stream().map(Row::quoted).collect(Collectors.joining(";"));
        }

        private static String quoted(String field) {
            boolean needed = field.contains(";") || field.contains("\"") || field.contains("\n");
            return needed ? '"' + field.replace("\"", "\"\"") + '"' : field;
        }
    }
}

package org.chargebridge.crash;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * The lines of files that act on what earlier ones asked for: each has a number of its own, and acts on an invoice or an
 * agreement that no other meddles with, save the two of a kind that must be carried out one after the other.
 */
final class Actions {

    /** Agreements beyond those that invoices are drawn from: each is changed and stopped once. */
    private static final int FIRST_TO_STOP = 301;

    private static final int LAST_TO_STOP = 900;

    /** Invoices of one file to act on, and when they are due. */
    private record Targets(
            LocalDate due,
            String cancelled,
            String changed,
            String credited,
            String poor,
            String paid,
            String returned,
            String reserved,
            String released,
            String agreement) {}

    private final Deque<Targets> open = new ArrayDeque<>();
    private final Deque<Targets> begun = new ArrayDeque<>();
    private final Deque<String> offered = new ArrayDeque<>();
    private int stops;

    /** Lines of a fresh file to act on later, and one that is taken back where it stands. */
    String targets(Workload work, String poor, LocalDate due) {
        Targets now = new Targets(
                due,
                work.invoice("CANCEL"),
                work.invoice("CHANGE"),
                work.invoice("CREDIT"),
                poor,
                work.invoice("PAID"),
                work.invoice("RETURN"),
                work.invoice("RESERVE"),
                work.invoice("RELEASE"),
                "agr_demo%04d".formatted(FIRST_TO_STOP + stops++ % (LAST_TO_STOP - FIRST_TO_STOP)));
        open.add(now);
        String unsent = work.invoice("UNSENT");
        return work.line(now.cancelled(), work.agreement(), "50,00", due, "")
                + work.line(now.changed(), work.agreement(), "60,00", due, "")
                + work.line(now.credited(), work.agreement(), "70,00", due, "")
                + work.line(now.paid(), work.agreement(), "80,00", due, "")
                + work.line(now.returned(), work.agreement(), "90,00", due, "")
                + work.line(now.reserved(), work.agreement(), "55,00", due, "RESERVE_CAPTURE")
                + work.line(now.released(), work.agreement(), "65,00", due, "RESERVE_CAPTURE")
                + work.line(work.invoice("ENDING"), now.agreement(), "45,00", due, "")
                + work.line(unsent, work.agreement(), "40,00", due, "")
                + on(work, "cancel", unsent, "", "");
    }

    /** What is to be done today: first with what is not paid yet, and once it was due with what is. */
    String next(Workload work, LocalDate today) {
        StringBuilder text = new StringBuilder();
        while (!begun.isEmpty() && begun.peek().due().isBefore(today)) {
            afterDue(work, begun.remove(), today, text);
        }
        while (!open.isEmpty()) {
            Targets targets = open.remove();
            beforeDue(work, targets, today, text);
            begun.add(targets);
        }
        return text.toString();
    }

    private void beforeDue(Workload work, Targets targets, LocalDate today, StringBuilder text) {
        text.append(on(work, "cancel", targets.cancelled(), "", ""));
        text.append(
                on(work, "change", targets.changed(), "61,00", today.plusDays(2).toString()));
        text.append(on(work, "", targets.credited(), "-20,00", targets.due().toString()));
        text.append(about(work, "update-agreement", targets.agreement()));
        text.append(about(work, "stop-agreement", targets.agreement()));
        String offer = work.invoice("OFFER");
        text.append(offer + ";" + offer + ";;;75,00;;;;;draft-agreement;;Offer " + offer + "\n");
        offered.add(offer);
        // Some soon after they were offered, others when their customers have long decided.
        if (offered.size() > 1 && work.perhaps()) {
            text.append(takenBack(work, work.perhaps() ? offered.removeFirst() : offered.removeLast()));
        }
    }

    private void afterDue(Workload work, Targets targets, LocalDate today, StringBuilder text) {
        text.append(on(work, "refund", targets.paid(), "30,00", ""));
        text.append(on(work, "refund", targets.paid(), "35,00", ""));
        text.append(on(work, "", targets.returned(), "-90,00", today.plusDays(2).toString()));
        text.append(on(work, "capture", targets.reserved(), "25,00", ""));
        text.append(on(work, "capture", targets.reserved(), "30,00", ""));
        text.append(on(work, "capture", targets.released(), "15,00", ""));
        text.append(on(work, "cancel", targets.released(), "", ""));
        // Due so late that the day before comes while the gateway is at work.
        text.append(on(work, "retry", targets.poor(), "", today.plusDays(4).toString()));
    }

    private static String on(Workload work, String action, String original, String amount, String due) {
        String own = work.invoice(action.isEmpty() ? "NOTE" : action.toUpperCase(Locale.ROOT));
        return own + ";;;;" + amount + ";;" + due + ";Because of " + own + ";;" + action + ";" + original + ";\n";
    }

    private static String takenBack(Workload work, String offer) {
        return work.invoice("BACK") + ";;;;;;;;;stop-agreement;" + offer + ";\n";
    }

    private static String about(Workload work, String action, String agreement) {
        String own = work.invoice(action.substring(0, action.indexOf('-')).toUpperCase(Locale.ROOT));
        String product = action.startsWith("update") ? "Product " + own : "";
        return own + ";;" + agreement + ";;;;;;;" + action + ";;" + product + "\n";
    }
}

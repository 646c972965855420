package org.chargebridge.oracle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every arrival is answered once, and every line of it exactly once, with sums that agree. */
final class ReceiptCheck {

    private static final Set<String> ANSWERS = Set.of("ACCEPTED", "REFUSED", "DUPLICATE", "HELD", "IGNORED");

    private final Evidence.Exchange exchange;
    private final List<Dropped> dropped;
    private final Accepted accepted;
    private final Deeds deeds;
    private final HeldLines held;
    private final List<String> findings;

    ReceiptCheck(
            Evidence.Exchange exchange,
            List<Dropped> dropped,
            Accepted accepted,
            Deeds deeds,
            HeldLines held,
            List<String> findings) {
        this.exchange = exchange;
        this.dropped = dropped;
        this.accepted = accepted;
        this.deeds = deeds;
        this.held = held;
        this.findings = findings;
    }

    void run() {
        Map<String, List<Dropped>> arrivals = new LinkedHashMap<>();
        dropped.forEach(file -> arrivals.computeIfAbsent(file.answerName(), name -> new ArrayList<>())
                .add(file));
        Set<String> left = new TreeSet<>();
        Tables.files(exchange.in()).stream()
                .map(Tables::name)
                .filter(name -> name.startsWith("receipt-") && !name.startsWith(OfferCheck.MAPPED))
                .forEach(left::add);
        arrivals.forEach((name, files) -> left.removeAll(answered(name, files)));
        left.forEach(name -> findings.add(exchange.channel() + ": " + name + " answers no file that was dropped."));
    }

    /** Checks the receipts of arrivals of one name and content, and gives their names. */
    private Set<String> answered(String name, List<Dropped> files) {
        Set<String> names = new HashSet<>();
        List<String> before = List.of();
        int repeated = 0;
        for (Path file : receipts(name)) {
            names.add(Tables.name(file));
            Optional<Receipt> receipt = Receipt.read(file);
            if (receipt.isEmpty()) {
                findings.add(exchange.channel() + ": " + Tables.name(file) + " breaks off; it came back short.");
                continue;
            }
            lines(receipt.get(), files.get(0));
            repeated += receipt.get().answers().equals(before) ? 1 : 0;
            before = receipt.get().answers();
        }
        long refused = refusals(files.get(0));
        if (names.size() + refused < files.size()) {
            findings.add("%s: %s was dropped %d times and answered %d times."
                    .formatted(exchange.channel(), files.get(0).name(), files.size(), names.size() + refused));
        }
        if (repeated >= arrivals(files.get(0)) || refused > files.size()) {
            findings.add("%s: %s was answered again without having come again or being judged otherwise."
                    .formatted(exchange.channel(), files.get(0).name()));
        }
        return names;
    }

    /**
     * How often this content came, under whatever name: each time its lines may have been judged otherwise, which only
     * the receipt of that name tells, and a person's decision may have made the answers what they were before.
     */
    private long arrivals(Dropped content) {
        return dropped.stream()
                .filter(file -> file.hash().equals(content.hash()))
                .count();
    }

    /** In the order of their numbers; a number that only a later errors file has is none of them. */
    private List<Path> receipts(String name) {
        Pattern numbered = Pattern.compile(Pattern.quote("receipt-" + name) + "(?:-([0-9]+))?\\.csv");
        TreeMap<Integer, Path> receipts = new TreeMap<>();
        for (Path file : Tables.files(exchange.in())) {
            Matcher matcher = numbered.matcher(Tables.name(file));
            if (matcher.matches()) {
                receipts.put(matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1)), file);
            }
        }
        return List.copyOf(receipts.values());
    }

    /** How often the file was refused as a whole, told in a file beside it. */
    private long refusals(Dropped file) {
        String end = "-" + file.hash() + "-" + file.name() + ".reason.txt";
        return Tables.files(exchange.out().resolve(".failed")).stream()
                .filter(reason -> Tables.name(reason).endsWith(end))
                .count();
    }

    private void lines(Receipt receipt, Dropped file) {
        String where = exchange.channel() + ": " + receipt.name();
        Map<Integer, Dropped.Line> open = file.byPosition();
        for (Receipt.Row row : receipt.rows()) {
            Dropped.Line line = open.remove(row.position());
            if (line == null) {
                findings.add(where + " answers line " + row.position()
                        + (file.byPosition().containsKey(row.position()) ? " twice." : ", which is not in the file."));
            } else {
                line(where, row, line, file);
            }
        }
        open.values()
                .forEach(line -> findings.add(
                        where + " does not answer line " + line.position() + " (" + line.invoice() + ")."));
        sums(where, receipt);
        errors(where, receipt);
    }

    private void line(String where, Receipt.Row row, Dropped.Line line, Dropped file) {
        String at = where + " line " + row.position();
        if (!ANSWERS.contains(row.answer())) {
            findings.add(at + " has the answer \"" + row.answer() + "\", which does not exist.");
        }
        if (!row.invoice().equals(line.invoice())) {
            findings.add(at + " speaks of invoice " + row.invoice() + ", but the file has " + line.invoice() + ".");
        }
        if (row.amountMinor().isPresent() && !row.amountMinor().equals(line.amountMinor())) {
            findings.add(at + " has another amount than the file.");
        }
        held.answered(file, line, row.answer());
        if (row.answer().equals("ACCEPTED") && !line.isCharge()) {
            deeds.add(file, line, row.address());
        } else if (row.answer().equals("ACCEPTED")) {
            if (!row.effectiveDue().equals(line.due())) {
                findings.add(at + " is due on " + row.effectiveDue() + ", but the file says " + line.due() + ".");
            }
            accepted.add(row.orderId(), file, line);
        }
    }

    private void sums(String where, Receipt receipt) {
        if (receipt.controls().isEmpty()) {
            findings.add(where + " has no control rows; it came back short.");
        }
        Map<String, Receipt.Total> totals = receipt.totals();
        receipt.controls().forEach((key, said) -> {
            Receipt.Total found = totals.getOrDefault(key, new Receipt.Total(0, 0));
            if (!found.equals(said)) {
                findings.add(where + " says " + key + " " + said + ", but its lines add up to " + found + ".");
            }
            totals.remove(key);
        });
        totals.forEach((key, found) -> findings.add(where + " has no control row for " + key + " " + found + "."));
    }

    /** The errors file beside a receipt holds what the receipt refused or held, no more and no less. */
    private void errors(String where, Receipt receipt) {
        List<String> expected = receipt.rows().stream()
                .filter(row -> Set.of("REFUSED", "HELD").contains(row.answer()))
                .map(Receipt.Row::invoice)
                .toList();
        Path file = exchange.in().resolve(receipt.name().replaceFirst("receipt-", "errors-"));
        List<String> given = List.of();
        if (Files.exists(file)) {
            given = Tables.rows(Tables.text(file).replace("\uFEFF", "")).stream()
                    .map(row -> Tables.cell(row, "invoice_number"))
                    .toList();
        }
        if (!given.equals(expected)) {
            findings.add(where + " refuses or holds " + expected + ", but the errors file gives back " + given + ".");
        }
    }
}

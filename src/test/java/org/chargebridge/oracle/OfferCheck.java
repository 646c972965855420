package org.chargebridge.oracle;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Each offer of an agreement was replied to once, made one agreement at a time, and its end was told as it was. */
final class OfferCheck {

    /** What the receipt of a mapping file that accepted offers make begins with. */
    static final String MAPPED = "receipt-agreements-accepted-";

    private final List<Evidence.Exchange> channels;
    private final Deeds deeds;
    private final History history;
    private final Told told;
    private final List<String> findings;

    OfferCheck(List<Evidence.Exchange> channels, Deeds deeds, History history, Told told, List<String> findings) {
        this.channels = channels;
        this.deeds = deeds;
        this.history = history;
        this.told = told;
        this.findings = findings;
    }

    void run() {
        Map<String, NamedCsvRecord> replies = new HashMap<>();
        for (NamedCsvRecord row : rows("drafts-")) {
            String number = Tables.cell(row, "invoice_number");
            if (replies.put(number, row) != null) {
                findings.add("The offer " + number + " was replied to more than once.");
            }
            if (deeds.deed(number).isEmpty()) {
                findings.add("A reply speaks of the offer " + number + ", which no receipt accepted.");
            }
        }
        List<String> mapped = rows(MAPPED).stream()
                .filter(row -> Tables.cell(row, "answer").equals("ACCEPTED")
                        && Tables.cell(row, "action").equals("mapping"))
                .map(row -> Tables.cell(row, "agreement_id"))
                .toList();
        Set<String> offered = new HashSet<>();
        for (Deeds.Deed deed : deeds.all()) {
            if (deed.line().deed().equals("draft-agreement")) {
                offered.add(deed.line().customer());
                if (deeds.addresses().containsKey(deed.line().invoice())) {
                    linked(deed.line(), replies.containsKey(deed.line().invoice()), mapped);
                    continue;
                }
                offer(deed.line(), Optional.ofNullable(replies.get(deed.line().invoice())), mapped);
            }
        }
        history.agreements()
                .together()
                .forEach(id -> findings.add("More than one agreement could be accepted at once for " + id + "."));
        history.agreements().events().stream()
                .filter(event -> event.event().equals("CREATE"))
                .map(event -> event.after().externalId())
                .filter(id -> !offered.contains(id))
                .forEach(id -> findings.add("An agreement was offered to " + id + ", for which no line asks."));
    }

    /** Behind an address: each agreement that its customer accepted is mapped once, the others never. */
    private void linked(Dropped.Line line, boolean replied, List<String> mapped) {
        String what = "The offer " + line.invoice();
        if (replied) {
            findings.add(what + " has an address of its own, and was replied to.");
        }
        history.agreements().offered(line.customer()).forEach(agreement -> {
            long times = mapped.stream().filter(agreement.id()::equals).count();
            String status = history.agreements().decided(agreement);
            if (!isMapped(agreement, times)) {
                findings.add(
                        what + " became " + status + ", and " + agreement.id() + " was mapped " + times + " times.");
            }
        });
    }

    /** As it must be: once where it was accepted, unless its seller ended it before; else never. */
    private boolean isMapped(AgreementHistory.Agreement agreement, long times) {
        boolean accepted = history.agreements().decided(agreement).equals("ACTIVE");
        boolean ended = accepted && !agreement.status().equals("ACTIVE");
        return times == (accepted ? 1 : 0) || ended && times == 0;
    }

    private List<NamedCsvRecord> rows(String begin) {
        List<NamedCsvRecord> all = new ArrayList<>();
        for (Evidence.Exchange channel : channels) {
            for (Path file : Tables.files(channel.in())) {
                if (Tables.name(file).startsWith(begin)) {
                    Tables.whole(file)
                            .ifPresentOrElse(
                                    all::addAll,
                                    () -> findings.add(channel.channel() + ": " + Tables.name(file)
                                            + " breaks off; it came back short."));
                }
            }
        }
        return all;
    }

    private void offer(Dropped.Line line, Optional<NamedCsvRecord> reply, List<String> mapped) {
        String what = "The offer " + line.invoice();
        if (reply.isEmpty()) {
            findings.add(what + " was accepted, and no reply came back.");
            return;
        }
        String id = Tables.cell(reply.get(), "agreement_id");
        Optional<AgreementHistory.Agreement> drafted = history.agreements()
                .agreement(id)
                .filter(agreement -> agreement.externalId().equals(line.customer())
                        && agreement.product().equals(line.product()));
        if (drafted.isEmpty()) {
            String status = Tables.cell(reply.get(), "status");
            if (!status.equals("REFUSED") && !(status.equals("STOPPED") && deeds.isTakenBack(line.invoice()))) {
                findings.add(what + " was replied to with " + id + ", which is not what was drafted for it.");
            }
            return;
        }
        if (!Tables.cell(reply.get(), "confirmation_url").contains(id)) {
            findings.add(what + " was replied to without the address of " + id + ".");
        }
        String status = history.agreements().decided(drafted.get());
        List<Told.Row> rows = told.deeds().getOrDefault(line.invoice(), List.of());
        if (rows.isEmpty() || !rows.get(rows.size() - 1).change().status().equals(status)) {
            findings.add(what + " became " + status + ", which the ERP was not told.");
        }
        long times = mapped.stream().filter(id::equals).count();
        if (!isMapped(drafted.get(), times)) {
            findings.add(what + " became " + status + ", and " + id + " was mapped " + times + " times.");
        }
    }
}

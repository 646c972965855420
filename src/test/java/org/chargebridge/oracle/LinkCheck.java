package org.chargebridge.oracle;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Behind an address that was given to a customer waits one agreement at a time, none after one was accepted; customers are
 * led to those of their own offer; and the ERP is told what became of each.
 */
final class LinkCheck {

    /** A draft whose answer was lost may expire before it is found; then nobody knows of it. */
    private static final String EXPIRED = "EXPIRED";

    private final Path led;
    private final Deeds deeds;
    private final History history;
    private final Told told;
    private final List<String> findings;

    LinkCheck(Path led, Deeds deeds, History history, Told told, List<String> findings) {
        this.led = led;
        this.deeds = deeds;
        this.history = history;
        this.told = told;
        this.findings = findings;
    }

    void run() {
        history.agreements()
                .offeredAgain()
                .forEach(id -> findings.add("Another agreement was offered to " + id + ", who had accepted one."));
        List<NamedCsvRecord> ways = Files.exists(led) ? Tables.rows(Tables.text(led)) : List.of();
        deeds.addresses().forEach((number, address) -> deeds.deed(number).ifPresent(deed -> {
            List<AgreementHistory.Agreement> drafted =
                    history.agreements().offered(deed.line().customer());
            told(number, drafted);
            List<String> own =
                    drafted.stream().map(AgreementHistory.Agreement::id).toList();
            ways.stream()
                    .filter(way -> Tables.cell(way, "address").equals(address))
                    .map(way -> Tables.cell(way, "agreement"))
                    .filter(id -> !own.contains(id))
                    .forEach(id -> findings.add("The customer of the offer " + number + " was led to " + id
                            + ", which was not drafted for it."));
            drafted.stream()
                    .filter(agreement -> !agreement.product().equals(deed.line().product()))
                    .forEach(agreement -> findings.add("The offer " + number + " was drafted as " + agreement.id()
                            + ", which is for another product."));
        }));
        ways.stream()
                .map(way -> Tables.cell(way, "address"))
                .filter(address -> !deeds.addresses().containsValue(address))
                .forEach(address -> findings.add("A customer came by " + address + ", which no receipt gave out."));
    }

    private void told(String number, List<AgreementHistory.Agreement> drafted) {
        Map<String, Integer> became = new TreeMap<>();
        drafted.forEach(agreement -> became.merge(history.agreements().decided(agreement), 1, Integer::sum));
        Map<String, Integer> said = new TreeMap<>();
        told.deeds()
                .getOrDefault(number, List.of())
                .forEach(row -> said.merge(row.change().status(), 1, Integer::sum));
        Set<String> so = drafted.stream()
                .map(agreement -> agreement.id() + " " + history.agreements().decided(agreement))
                .collect(Collectors.toSet());
        told.deeds().getOrDefault(number, List.of()).stream()
                .map(row -> row.change().agreement() + " " + row.change().status())
                .filter(row -> !so.contains(row))
                .forEach(row -> findings.add("The offer " + number + " was told to be " + row + ", which it is not."));
        said.forEach((status, times) -> {
            if (times > became.getOrDefault(status, 0)) {
                findings.add("The offer " + number + " was told " + times + " times to be " + status
                        + ", which it became " + became.getOrDefault(status, 0) + " times.");
            }
        });
        became.forEach((status, times) -> {
            if (!status.equals(EXPIRED) && said.getOrDefault(status, 0) < times) {
                findings.add("The offer " + number + " became " + status + ", which the ERP was not told.");
            }
        });
    }
}

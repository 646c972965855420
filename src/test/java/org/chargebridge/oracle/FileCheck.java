package org.chargebridge.oracle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** No file waits for ever, none is lost on the way to the archive, and no temporary name is left behind. */
final class FileCheck {

    private final Evidence.Exchange exchange;
    private final List<Dropped> dropped;
    private final List<String> findings;

    FileCheck(Evidence.Exchange exchange, List<Dropped> dropped, List<String> findings) {
        this.exchange = exchange;
        this.dropped = dropped;
        this.findings = findings;
    }

    void run() {
        for (Path file : Tables.files(exchange.out())) {
            findings.add(exchange.channel() + ": " + Tables.name(file) + " still lies where it was dropped.");
        }
        for (Path file : Tables.files(exchange.in())) {
            String name = Tables.name(file);
            if (name.startsWith(".")) {
                findings.add(exchange.channel() + ": " + name + " was left under a temporary name.");
            } else if (!name.matches("(receipt|errors|status|drafts|settlement)-.*\\.csv")) {
                findings.add(exchange.channel() + ": " + name + " is of no known kind.");
            }
        }
        archived();
    }

    private void archived() {
        List<Path> archive = new ArrayList<>(Tables.files(exchange.out().resolve(".done")));
        archive.addAll(Tables.files(exchange.out().resolve(".failed")).stream()
                .filter(file -> !Tables.name(file).endsWith(".reason.txt"))
                .toList());
        Map<String, Integer> balance = new TreeMap<>();
        dropped.forEach(file -> balance.merge(file.hash() + "-" + file.name(), 1, Integer::sum));
        names(archive).forEach(name -> balance.merge(name, -1, Integer::sum));
        balance.forEach((name, missing) -> {
            if (missing > 0) {
                findings.add(exchange.channel() + ": " + name + " is missing from the archive " + missing + " times.");
            } else if (missing < 0) {
                findings.add(exchange.channel() + ": " + name + " is in the archive " + -missing + " times too often.");
            }
        });
    }

    /** Without the time that begins the name of each archived file. */
    private static Stream<String> names(List<Path> archive) {
        return archive.stream().map(Tables::name).map(name -> name.replaceFirst("^[^-]*-", "")
                .replaceFirst("-[0-9]+$", ""));
    }
}

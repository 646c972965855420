package org.chargebridge.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lines that ask for charges and that receipts answered with HELD, by their documents, with all answers that they had. */
final class HeldLines {

    /** A document of one ERP company, and what its lines were answered, by content and position. */
    record Document(String channel, String invoice, Map<String, List<String>> answers) {

        Set<String> places() {
            return answers.keySet();
        }

        boolean wasHeld() {
            return answers.values().stream().anyMatch(given -> given.contains("HELD"));
        }
    }

    private final Map<String, Document> documents = new LinkedHashMap<>();

    void answered(Dropped file, Dropped.Line line, String answer) {
        if (line.isCharge()) {
            documents
                    .computeIfAbsent(
                            file.channel() + " " + line.invoice(),
                            any -> new Document(file.channel(), line.invoice(), new LinkedHashMap<>()))
                    .answers()
                    .computeIfAbsent(file.hash() + " line " + line.position(), any -> new ArrayList<>())
                    .add(answer);
        }
    }

    Set<Document> all() {
        Set<Document> held = new LinkedHashSet<>();
        documents.values().stream().filter(Document::wasHeld).forEach(held::add);
        return held;
    }
}

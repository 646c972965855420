package org.chargebridge.intake.format;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which field a heading names, whatever its case, blanks, dots and letters with marks. */
final class Headings {

    /** A field as a heading names it; the lower rank wins. */
    record Heading(Column column, int rank) {}

    /** The largest rank. */
    static final int RANKS = 3;

    private static final Map<Vocabulary, Map<String, Heading>> ALL = all();

    private Headings() {}

    static Optional<Heading> find(String folded, Vocabulary vocabulary) {
        return Optional.ofNullable(ALL.get(vocabulary).get(folded));
    }

    private static Map<Vocabulary, Map<String, Heading>> all() {
        Map<Vocabulary, Map<String, Heading>> all = new EnumMap<>(Vocabulary.class);
        for (Vocabulary vocabulary : Vocabulary.values()) {
            Map<String, Heading> headings = new HashMap<>();
            for (Column column : vocabulary.columns()) {
                column.firstAliases().forEach(alias -> headings.put(Folding.fold(alias), new Heading(column, 1)));
                column.secondAliases().forEach(alias -> headings.put(Folding.fold(alias), new Heading(column, 2)));
                column.lastAliases().forEach(alias -> headings.put(Folding.fold(alias), new Heading(column, RANKS)));
                int own = column.firstAliases().isEmpty() ? 1 : 2;
                headings.put(Folding.fold(column.heading()), new Heading(column, own));
            }
            all.put(vocabulary, headings);
        }
        return all;
    }
}

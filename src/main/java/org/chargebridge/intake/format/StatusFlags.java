package org.chargebridge.intake.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns that say by a yes that there is nothing to collect, as many exports have them in place of a status: under
 * {@code Betalt} stands {@code Ja}.
 */
public final class StatusFlags {

    private static final Pattern HEADING = Pattern.compile("(is|er|on)?"
            + "(paid|fullypaid|closed|settled|cancell?ed|voided|void|deleted|credited|draft"
            + "|betalt|oppgjort|utlignet|udlignet|lukket|annullert|annulleret|kansellert|makulert|makuleret|slettet"
            + "|kreditert|krediteret|utkast|kladde"
            + "|maksettu|suljettu|peruttu|mitatoity|poistettu|hyvitetty|luonnos)");

    private static final Set<String> YES =
            Set.of("ja", "j", "yes", "y", "true", "sann", "sant", "sand", "kylla", "x", "1");

    /** A flag by its heading, and what stands under it. */
    public record Raised(String heading, String yes) {}

    private final Map<Integer, String> headings;

    private StatusFlags(Map<Integer, String> headings) {
        this.headings = headings;
    }

    /** The flags among the columns of a file that are read as no field. */
    public static StatusFlags of(Layout layout) {
        return of(layout.header(), layout.columns());
    }

    static StatusFlags of(List<String> header, Map<Column, Integer> bound) {
        return new StatusFlags(IntStream.range(0, header.size())
                .filter(i -> !bound.containsValue(i) && isHeading(header.get(i)))
                .boxed()
                .collect(Collectors.toMap(i -> i, i -> Cells.trim(header.get(i)))));
    }

    /** Whether a word is the heading of such a column: so a JSON record says it whose flag is raised. */
    public static boolean isHeading(String word) {
        return !word.isEmpty() && HEADING.matcher(Folding.fold(word)).matches();
    }

    /** The first flag that a record raises. */
    public Optional<Raised> raised(List<String> cells) {
        return raised(index -> index < cells.size() ? cells.get(index) : "");
    }

    Optional<Raised> raised(IntFunction<String> cells) {
        if (headings.isEmpty()) {
            return Optional.empty();
        }
        return headings.entrySet().stream()
                .map(flag -> new Raised(flag.getValue(), Cells.trim(cells.apply(flag.getKey()))))
                .filter(flag -> YES.contains(Folding.fold(flag.yes())))
                .findFirst();
    }
}

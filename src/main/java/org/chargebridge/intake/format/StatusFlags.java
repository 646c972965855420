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
 * Columns that say by a yes or a no that there is nothing to collect, as many exports have them in place of a status:
 * under {@code Betalt} stands {@code Ja}, under {@code Bokført} stands {@code Nei}.
 */
public final class StatusFlags {

    /** Where a yes says it. */
    private static final Pattern DONE = Pattern.compile("(is|er|on)?"
            + "(paid|fullypaid|closed|settled|cancell?ed|voided|void|deleted|credited|draft"
            + "|betalt|oppgjort|utlignet|udlignet|lukket|annullert|annulleret|kansellert|makulert|makuleret|slettet"
            + "|kreditert|krediteret|utkast|kladde|paavent"
            + "|onhold|disputed"
            + "|maksettu|suljettu|peruttu|mitatoity|poistettu|hyvitetty|luonnos)");

    /** Where a no says it: what is not booked or approved may still change, or go. */
    private static final Pattern BOOKED = Pattern.compile(
            "(is|er|on)?(booked|posted|approved|bokfoert|bogfoert|godkjent|godkendt|kirjattu|hyvaksytty|released|frigitt|frigivet)");

    private static final Set<String> YES =
            Set.of("ja", "j", "yes", "y", "true", "sann", "sant", "sand", "kylla", "x", "1");

    private static final Set<String> NO =
            Set.of("nei", "nej", "n", "no", "false", "usann", "usant", "falsk", "ei", "0");

    private static final String SAYS = ": ";

    /** A flag by its heading, and the yes or no that stands under it. */
    public record Raised(String heading, String answer) {

        private boolean isRaised() {
            String word = Folding.fold(heading);
            String said = Folding.fold(answer);
            return DONE.matcher(word).matches() && YES.contains(said)
                    || BOOKED.matcher(word).matches() && NO.contains(said);
        }

        /** As a status says it where a record has a cell for that only. */
        String asStatus() {
            return heading + SAYS + answer;
        }
    }

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
                .filter(i -> !bound.containsValue(i) && isFlag(Folding.fold(header.get(i))))
                .boxed()
                .collect(Collectors.toMap(i -> i, i -> Cells.trim(header.get(i)))));
    }

    private static boolean isFlag(String heading) {
        return DONE.matcher(heading).matches() || BOOKED.matcher(heading).matches();
    }

    /** Whether a status is such a heading, or one with its answer, as {@link Raised#asStatus} gives it. */
    public static boolean isRaised(String status) {
        int says = status.indexOf(SAYS);
        return says < 0
                ? !status.isEmpty() && DONE.matcher(Folding.fold(status)).matches()
                : new Raised(status.substring(0, says), status.substring(says + SAYS.length())).isRaised();
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
                .filter(Raised::isRaised)
                .findFirst();
    }
}

package org.chargebridge.intake.http;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.channel.Channel.ReportFormat;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** What a caller's header {@code Accept} says about the format of a receipt. */
final class Accepted {

    private static final Set<String> CSV = Set.of("text/csv");
    /** Clients that know nothing of JSON Lines ask for JSON. */
    private static final Set<String> JSON_LINES = Set.of(
            "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/x-jsonlines",
            "application/json-lines",
            "application/json",
            "application/problem+json");

    /** How much a format is wanted; of two that are wanted alike, the one that is called by its name. */
    private record Wish(double quality, boolean named) {

        static final Comparator<Wish> ORDER =
                Comparator.comparingDouble(Wish::quality).thenComparing(Wish::named);
    }

    private Accepted() {}

    /** @return empty where no format of receipts will do */
    static Optional<ReportFormat> receiptFormat(String accept) {
        if (accept.isBlank()) {
            return Optional.of(ReportFormat.JSON_LINES);
        }
        List<MediaType> wanted;
        try {
            wanted = MediaType.parseMediaTypes(accept);
        } catch (InvalidMediaTypeException unreadable) {
            return Optional.empty();
        }
        Wish json = wish(wanted, JSON_LINES);
        Wish csv = wish(wanted, CSV);
        if (json.quality() == 0 && csv.quality() == 0) {
            return Optional.empty();
        }
        return Optional.of(Wish.ORDER.compare(csv, json) > 0 ? ReportFormat.CSV : ReportFormat.JSON_LINES);
    }

    /** What is said of a format by its name counts before what is said of all. */
    private static Wish wish(List<MediaType> wanted, Set<String> names) {
        List<MediaType> named = wanted.stream()
                .filter(type -> names.contains(type.getType() + "/" + type.getSubtype()))
                .toList();
        List<MediaType> meant = named.isEmpty()
                ? wanted.stream()
                        .filter(type -> type.isWildcardSubtype()
                                && names.stream().anyMatch(name -> type.includes(MediaType.parseMediaType(name))))
                        .toList()
                : named;
        return new Wish(
                meant.stream().mapToDouble(MediaType::getQualityValue).max().orElse(0), !named.isEmpty());
    }
}

package org.chargebridge.recurring;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A page of a settlement ledger's entries, in the order of the API.
 *
 * @param cursor where it goes on; may be empty at the end of a day
 * @param hasMore whether the day has more pages; a feed does not say
 * @param tryLater a feed is at its end; a day may still get entries
 */
public record EntryPage(String cursor, boolean hasMore, boolean tryLater, List<Entry> entries) {

    /**
     * One movement of money; amounts are signed minor units.
     *
     * @param entryType the API's word
     * @param reference the merchant's, empty where there is none
     * @param recipientHandle empty where it belongs to the whole ledger
     */
    public record Entry(
            String pspReference,
            Instant time,
            LocalDate ledgerDate,
            String entryType,
            String reference,
            String currency,
            long amountMinor,
            OptionalLong balanceBefore,
            OptionalLong balanceAfter,
            String recipientHandle) {}

    /** In minor units far beyond any company's, and far enough from the end of a number for sums of many. */
    private static final long AMOUNT_MAX = 1_000_000_000_000_000L;

    /**
     * ISO 8601, as libraries write it: with or without colons and minutes in the offset, with {@code T} or a blank before the
     * time.
     */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[' '][XXXXX][XXXX][X]")
            .toFormatter(Locale.ROOT);

    private static final Pattern BLANK_FOR_T = Pattern.compile("(?<=^\\d{4}-\\d{2}-\\d{2}) ");

    /** Digits of a second beyond the ninth, which no clock here has. */
    private static final Pattern BEYOND_NANOS = Pattern.compile("(?<=\\.\\d{9})\\d+");

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2999;

    public EntryPage {
        entries = List.copyOf(entries);
    }

    /**
     * Reads a page.
     *
     * @throws UnreadableAnswer where the body is not one complete page, or an entry lacks what a sum needs: nothing of
     *     such a page is taken
     */
    public static EntryPage parse(byte[] body) throws UnreadableAnswer {
        JsonNode root = Json.read(body)
                .filter(node -> node.path("items").isArray())
                .orElseThrow(() -> new UnreadableAnswer("the answer is not a complete page of entries"));
        List<Entry> entries = new ArrayList<>(root.path("items").size());
        for (JsonNode item : root.path("items")) {
            entries.add(entry(item));
        }
        return new EntryPage(
                Json.text(root, "cursor").orElse(""),
                root.path("hasMore").asBoolean(),
                root.path("tryLater").asBoolean(),
                entries);
    }

    private static Entry entry(JsonNode item) throws UnreadableAnswer {
        String pspReference = Json.text(item, "pspReference").orElse("");
        try {
            return new Entry(
                    pspReference,
                    time(required(item, "time")),
                    possible(LocalDate.parse(required(item, "ledgerDate"))),
                    required(item, "entryType"),
                    Json.text(item, "reference").orElse(""),
                    required(item, "currency"),
                    amount(item),
                    Json.wholeNumber(item, "balanceBefore"),
                    Json.wholeNumber(item, "balanceAfter"),
                    Json.text(item, "recipientHandle").orElse(""));
        } catch (DateTimeException notATime) {
            throw new UnreadableAnswer("entry " + pspReference + " has a time or ledgerDate that is none");
        }
    }

    /** One without an offset is UTC, as all once were. */
    private static Instant time(String text) {
        String usual = BEYOND_NANOS
                .matcher(BLANK_FOR_T.matcher(text.strip()).replaceFirst("T"))
                .replaceFirst("");
        TemporalAccessor time = TIME.parseBest(usual, OffsetDateTime::from, LocalDateTime::from);
        OffsetDateTime at =
                time instanceof LocalDateTime utc ? utc.atOffset(ZoneOffset.UTC) : OffsetDateTime.from(time);
        possible(at.toLocalDate());
        return at.toInstant();
    }

    private static LocalDate possible(LocalDate date) {
        if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
            throw new DateTimeException("not of our days");
        }
        return date;
    }

    private static long amount(JsonNode item) throws UnreadableAnswer {
        OptionalLong amount = Json.wholeNumber(item, "amount");
        if (amount.isEmpty() || amount.getAsLong() > AMOUNT_MAX || amount.getAsLong() < -AMOUNT_MAX) {
            throw new UnreadableAnswer("an entry has no amount in whole minor units, or one beyond all money");
        }
        return amount.getAsLong();
    }

    private static String required(JsonNode item, String name) throws UnreadableAnswer {
        Optional<String> text = Json.text(item, name);
        return text.orElseThrow(() -> new UnreadableAnswer("an entry has no " + name));
    }
}

package org.chargebridge.reporting;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chargebridge.charge.Answer;
import org.chargebridge.reporting.format.Field;

/** Count and sum of each answer in each currency; the five together are what was read (MR17). */
final class AnswerTotals {

    private static final String READ = "READ";

    private final String source;
    private final Map<String, Map<Answer, Total>> currencies = new TreeMap<>();

    /** @param currency has its rows even where no line was read */
    AnswerTotals(String source, String currency) {
        this.source = source;
        currencies.put(currency, new EnumMap<>(Answer.class));
    }

    void add(String currency, Answer answer, long amountMinor) {
        currencies
                .computeIfAbsent(currency, unused -> new EnumMap<>(Answer.class))
                .merge(answer, new Total(1, amountMinor), Total::plus);
    }

    /** Lines with this answer, in all currencies. */
    long count(Answer answer) {
        return currencies.values().stream()
                .mapToLong(totals -> totals.getOrDefault(answer, Total.NONE).count())
                .sum();
    }

    /** For each currency a row for each answer, then one for all of them. */
    List<List<Field>> rows() {
        List<List<Field>> rows = new ArrayList<>();
        currencies.forEach((currency, totals) -> {
            Total read = Total.NONE;
            for (Answer answer : Answer.values()) {
                Total total = totals.getOrDefault(answer, Total.NONE);
                rows.add(row(currency, answer.name(), total));
                read = read.plus(total);
            }
            rows.add(row(currency, READ, read));
        });
        return rows;
    }

    private List<Field> row(String currency, String answer, Total total) {
        return List.of(
                Field.text("source_file", source),
                Field.number("position", total.count()).named("count"),
                Field.text("action", "control"),
                Field.text("answer", answer),
                Field.amount("amount", total.sumMinor()),
                Field.text("currency", currency));
    }

    private record Total(long count, long sumMinor) {
        static final Total NONE = new Total(0, 0);

        Total plus(Total other) {
            return new Total(count + other.count, Math.addExact(sumMinor, other.sumMinor));
        }
    }
}

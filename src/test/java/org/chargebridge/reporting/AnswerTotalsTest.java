package org.chargebridge.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chargebridge.charge.Answer;
import org.chargebridge.reporting.format.Field;

class AnswerTotalsTest {

    record Read(String currency, Answer answer, long amountMinor) {}

    @Provide
    Arbitrary<List<Read>> lines() {
        return Combinators.combine(
                        Arbitraries.of("NOK", "DKK", "EUR", "USD", ""),
                        Arbitraries.of(Answer.class),
                        Arbitraries.longs().between(-1_000_000_00L, 1_000_000_00L))
                .as(Read::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 300)
    void theFiveAnswersAddUpToWhatWasRead(@ForAll("lines") List<Read> lines) {
        AnswerTotals totals = new AnswerTotals("invoices.csv", "NOK");
        lines.forEach(line -> totals.add(line.currency(), line.answer(), line.amountMinor()));

        Map<String, long[]> fromRows = new HashMap<>();
        for (List<Field> row : totals.rows()) {
            Map<String, Field> fields = new HashMap<>();
            row.forEach(field -> fields.put(field.column(), field));
            long[] sums = fromRows.computeIfAbsent(text(fields, "currency"), unused -> new long[4]);
            int offset = text(fields, "answer").equals("READ") ? 2 : 0;
            sums[offset] += number(fields.get("position").value());
            sums[offset + 1] += number(fields.get("amount").value());
        }

        assertThat(fromRows).containsKey("NOK");
        fromRows.forEach((currency, sums) -> {
            List<Read> read = lines.stream()
                    .filter(line -> line.currency().equals(currency))
                    .toList();
            long sum = read.stream().mapToLong(Read::amountMinor).sum();
            assertThat(sums).containsExactly(read.size(), sum, read.size(), sum);
        });
        assertThat(fromRows.values().stream().mapToLong(sums -> sums[2]).sum()).isEqualTo(lines.size());
    }

    private static String text(Map<String, Field> fields, String column) {
        return ((Field.Text) fields.get(column).value()).text();
    }

    private static long number(Field.Value value) {
        return value instanceof Field.Number number
                ? number.number().orElseThrow()
                : ((Field.Amount) value).minor().orElseThrow();
    }
}

package org.chargebridge.intake;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/** How a file's lines were answered: counts and sums, for the log and the meters. Holds nothing personal. */
final class FileAccount {

    private static final int REASONS_SHOWN = 5;

    private final Map<Answer, Integer> counts = new EnumMap<>(Answer.class);
    private final Map<ReasonCode, Integer> reasons = new EnumMap<>(ReasonCode.class);
    private final Map<Answer, Long> sums = new EnumMap<>(Answer.class);

    void add(Line line) {
        add(
                line.answer(),
                line.reason().map(Reason::code),
                1,
                line.amountMinor().orElse(0));
    }

    void add(Answer answer, Optional<ReasonCode> reason, int lines, long minor) {
        counts.merge(answer, lines, Integer::sum);
        sums.merge(answer, minor, Long::sum);
        if (answer == Answer.REFUSED || answer == Answer.HELD) {
            reason.ifPresent(code -> reasons.merge(code, lines, Integer::sum));
        }
    }

    int read() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    int of(Answer answer) {
        return counts.getOrDefault(answer, 0);
    }

    /** What the lines with that answer ask for, in minor units. */
    long sumMinor(Answer answer) {
        return sums.getOrDefault(answer, 0L);
    }

    /** A part of a sentence, and one readable line of the log. */
    OrderOutcome told(String currency) {
        return OutcomeSentence.LINES_READ.of(
                read(),
                of(Answer.ACCEPTED),
                MinorUnits.toDecimalString(sumMinor(Answer.ACCEPTED)),
                currency,
                of(Answer.REFUSED),
                of(Answer.DUPLICATE),
                of(Answer.HELD),
                of(Answer.IGNORED),
                commonest());
    }

    private String commonest() {
        if (reasons.isEmpty()) {
            return "";
        }
        return "; "
                + reasons.entrySet().stream()
                        .sorted(Map.Entry.<ReasonCode, Integer>comparingByValue(Comparator.reverseOrder()))
                        .limit(REASONS_SHOWN)
                        .map(entry -> entry.getValue() + " x " + entry.getKey())
                        .collect(Collectors.joining(", "))
                + (reasons.size() > REASONS_SHOWN ? ", ..." : "");
    }
}

package org.chargebridge.intake;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.IntakeLines.NewBlock;

/**
 * Makes blocks of a file's lines as they pass, in the order of their positions. A block is a range of positions, so
 * none reaches over a line that may be accepted later: that one will be a block of its own.
 */
final class BlockBuilder {

    static final int LINES_MAX = 2_000;

    /** Refused for a cause outside the line's own content, and so judged again when the cause changes (MR15). */
    static final Set<ReasonCode> OUTSIDE = EnumSet.of(
            ReasonCode.AGREEMENT_UNKNOWN,
            ReasonCode.AGREEMENT_AMBIGUOUS,
            ReasonCode.AGREEMENT_NOT_ACTIVE,
            ReasonCode.CURRENCY_MISMATCH,
            ReasonCode.ISSUE_DATE_MISSING,
            ReasonCode.SERIES_MISSING,
            ReasonCode.DUE_TOO_SOON,
            ReasonCode.DUE_TOO_FAR,
            ReasonCode.TARGET_UNKNOWN,
            ReasonCode.TARGET_ON_OTHER_SALES_UNIT,
            ReasonCode.DRAFT_NOT_SET_UP,
            ReasonCode.UNSCHEDULED_NOT_ALLOWED);

    private final Consumer<NewBlock> blocks;
    private final boolean single;
    private int first;
    private int last;
    private int lines;
    private int correction;
    private boolean unscheduled;
    private LocalDate earliestDue = LocalDate.MAX;

    BlockBuilder(Consumer<NewBlock> blocks) {
        this(blocks, false);
    }

    /** @param single whether each line is a block of its own, which goes through the single create */
    BlockBuilder(Consumer<NewBlock> blocks, boolean single) {
        this.blocks = blocks;
        this.single = single;
    }

    void add(Line line) {
        if (line.isOperation()) {
            // What it does may become a charge at this very position.
            close();
        } else if (line.occupies()) {
            if (line.action().filter(Action.CHARGE::equals).isPresent()) {
                take(line);
            }
        } else if (mayBeAcceptedLater(
                line.answer(), line.reason().map(reason -> reason.code()).orElseThrow())) {
            close();
        }
    }

    static boolean mayBeAcceptedLater(Answer answer, ReasonCode reason) {
        return answer == Answer.HELD || answer == Answer.REFUSED && OUTSIDE.contains(reason);
    }

    private void take(Line line) {
        if (line.isUnscheduled() != unscheduled) {
            close();
            unscheduled = line.isUnscheduled();
        }
        if (lines == 0) {
            first = line.position();
        }
        last = line.position();
        lines++;
        correction = Math.max(correction, line.correction());
        LocalDate due = line.effectiveDue().orElseThrow();
        earliestDue = due.isBefore(earliestDue) ? due : earliestDue;
        if (single || lines == LINES_MAX) {
            close();
        }
    }

    /** Ends the block, so that the next line begins another. */
    void close() {
        if (lines > 0) {
            blocks.accept(new NewBlock(first, last, lines, earliestDue, correction, single, unscheduled));
        }
        lines = 0;
        correction = 0;
        earliestDue = LocalDate.MAX;
    }
}

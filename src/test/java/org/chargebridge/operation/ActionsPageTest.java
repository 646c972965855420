package org.chargebridge.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.channel.Channel.RefundPolicy;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.OrderId;
import org.chargebridge.operation.Wish.Progress;
import org.chargebridge.recurring.IdempotencyKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every action on every state of its charge, as {@code docs/actions.md} shows it; {@code -Dgolden=write} writes it. */
class ActionsPageTest {

    private static final Path PAGE = Path.of("docs/actions.md");
    private static final String BEGIN = "<!-- the table -->\n";
    private static final List<Action> ACTIONS =
            List.of(Action.CANCEL, Action.CAPTURE, Action.REFUND, Action.CHANGE, Action.RETRY);
    private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");
    private static final long AMOUNT = 10_000;

    @Test
    void thePageShowsWhatIsDone() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf("\n\n", begin) + 1;
        String wanted = page.substring(0, begin) + table() + page.substring(end);
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, wanted);
            page = wanted;
        }
        assertThat(page).isEqualTo(wanted);
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| The charge is |");
        ACTIONS.forEach(action -> table.append(" `").append(action.word()).append("` |"));
        table.append("\n|---|").append("---|".repeat(ACTIONS.size())).append('\n');
        for (TargetState state : TargetState.values()) {
            table.append("| ").append(name(state)).append(" |");
            for (Action action : ACTIONS) {
                Decision decision = ChargeDecisions.of(wish(action, Progress.NOT_CALLED), sight(state, false, 0));
                table.append(' ').append(told(decision)).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String name(TargetState state) {
        return switch (state) {
            case UNSENT -> "not sent yet";
            case UNDER_WAY -> "in a request that is not answered";
            case MISSING -> "sent, and not at the API yet";
            case HELD -> "held for a person";
            case REFUSED -> "refused";
            case PENDING,
                    DUE,
                    PROCESSING,
                    UNKNOWN,
                    RESERVED,
                    PARTIALLY_CAPTURED,
                    CHARGED,
                    PARTIALLY_REFUNDED,
                    REFUNDED,
                    FAILED,
                    CANCELLED -> "`" + state + "`";
        };
    }

    private static String told(Decision decision) {
        if (decision instanceof Decision.Call call) {
            String path = call.request().path();
            String last = path.substring(path.lastIndexOf('/') + 1);
            return "**" + call.request().method() + (last.matches("[a-z]+") ? " " + last : "") + "**";
        }
        if (decision instanceof Decision.Refuse refuse) {
            return "refused: `" + refuse.reason().code() + "`";
        }
        if (decision instanceof Decision.Hold hold) {
            return "held: `" + hold.reason().code() + "`";
        }
        if (decision instanceof Decision.Done done) {
            return done.note().map(note -> "done: `" + note.code() + "`").orElse("done");
        }
        if (decision instanceof Decision.Recharge) {
            return "charged again";
        }
        return decision instanceof Decision.NeverSend ? "never sent" : "waits";
    }

    private static Sight sight(TargetState state, boolean keyShown, long refundedByOthers) {
        long captured =
                switch (state) {
                    case PARTIALLY_CAPTURED -> AMOUNT / 2;
                    case CHARGED, PARTIALLY_REFUNDED, REFUNDED -> AMOUNT;
                    default -> 0;
                };
        long refunded =
                switch (state) {
                    case PARTIALLY_REFUNDED -> AMOUNT / 4;
                    case REFUNDED -> AMOUNT;
                    default -> 0;
                };
        return new Sight(
                state,
                "agr_demo0001",
                new OrderId("demo-1001-000000000000"),
                AMOUNT,
                captured,
                refunded,
                0,
                state.compareTo(TargetState.CHARGED) < 0,
                keyShown,
                refundedByOthers,
                Sight.Since.NOTHING,
                Optional.of(NOW));
    }

    private static Wish wish(Action action, Progress progress) {
        return wish(action, progress, RefundPolicy.AUTO);
    }

    private static Wish wish(Action action, Progress progress, RefundPolicy policy) {
        return new Wish(
                action,
                AMOUNT / 2,
                "a text",
                progress,
                Optional.empty(),
                Optional.empty(),
                new Wish.Refunds(policy, OptionalLong.of(AMOUNT), AMOUNT),
                new Wish.Dates(Optional.of(LocalDate.parse("2026-12-01")), LocalDate.parse("2026-11-21"), 3),
                Optional.empty(),
                false,
                Optional.empty(),
                NOW);
    }

    /** Of the whole amount; of half of it while the rest can be charged on its due date; and when it cannot any more. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "UNSENT; never sent; never sent, then 5000 on 2026-12-01; waits",
                "UNDER_WAY; waits; waits; waits",
                "MISSING; waits; waits; waits",
                "HELD; held: `TARGET_HELD`; held: `TARGET_HELD`; held: `TARGET_HELD`",
                "REFUSED; done: `NOTHING_TO_CANCEL`; done: `NOTHING_TO_CANCEL`; done: `NOTHING_TO_CANCEL`",
                "PENDING; **DELETE**; **DELETE**; waits",
                "DUE; **DELETE**; **DELETE**; waits",
                "PROCESSING; waits; waits; waits",
                "UNKNOWN; waits; waits; waits",
                "RESERVED; **DELETE**; held: `CREDIT_OF_RESERVED`; held: `CREDIT_OF_RESERVED`",
                "PARTIALLY_CAPTURED; held: `CREDIT_OF_RESERVED`; held: `CREDIT_OF_RESERVED`; held: `CREDIT_OF_RESERVED`",
                "CHARGED; **POST refund** 10000; **POST refund** 5000; **POST refund** 5000",
                "PARTIALLY_REFUNDED; **POST refund** 7500; **POST refund** 5000; **POST refund** 5000",
                "REFUNDED; refused: `NOTHING_TO_REFUND`; refused: `NOTHING_TO_REFUND`; refused: `NOTHING_TO_REFUND`",
                "FAILED; done: `NOTHING_TO_CANCEL`; done: `NOTHING_TO_CANCEL`; done: `NOTHING_TO_CANCEL`",
                "CANCELLED; done; done; done"
            })
    void aCreditNoteDoesWhatTheStateOfItsChargeAsksFor(
            TargetState state, String whole, String part, String partTooLate) {
        assertThat(credited(AMOUNT, "2026-12-01", state)).isEqualTo(whole);
        assertThat(credited(AMOUNT / 2, "2026-12-01", state)).isEqualTo(part);
        assertThat(credited(AMOUNT / 2, "2026-11-20", state)).isEqualTo(partTooLate);
    }

    private static String credited(long amount, String due, TargetState state) {
        Wish wish = new Wish(
                Action.REFUND,
                amount,
                "a text",
                Progress.NOT_CALLED,
                Optional.empty(),
                Optional.empty(),
                new Wish.Refunds(RefundPolicy.AUTO, OptionalLong.of(AMOUNT), AMOUNT),
                new Wish.Dates(Optional.of(LocalDate.parse(due)), LocalDate.parse("2026-11-21"), 3),
                Optional.empty(),
                true,
                Optional.empty(),
                NOW);
        Decision decision = ChargeDecisions.of(wish, sight(state, false, 0));
        if (decision instanceof Decision.NeverSend never) {
            return told(decision)
                    + never.then()
                            .map(rest -> ", then " + rest.amountMinor() + " on " + rest.due())
                            .orElse("");
        }
        return decision instanceof Decision.Call call && call.request().letter() == IdempotencyKey.REFUND
                ? told(decision) + " "
                        + new String(call.request().body(), StandardCharsets.UTF_8).replaceAll("\\D+", "")
                : told(decision);
    }

    @ParameterizedTest
    @EnumSource(TargetState.class)
    void nothingIsSentWhileAnEarlierCallIsUnderWay(TargetState state) {
        for (Action action : ACTIONS) {
            for (Progress progress : List.of(Progress.UNANSWERED, Progress.TAKEN_IN, Progress.OVERDUE)) {
                assertThat(ChargeDecisions.of(wish(action, progress), sight(state, false, 0)))
                        .as("%s of %s, %s", action, state, progress)
                        .isNotInstanceOf(Decision.Call.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TargetState.class)
    void captureAndRefundAreDoneWhenTheirKeyShows(TargetState state) {
        for (Action action : List.of(Action.CAPTURE, Action.REFUND)) {
            for (Progress progress : Progress.values()) {
                assertThat(ChargeDecisions.of(wish(action, progress), sight(state, true, 0)))
                        .as("%s of %s, %s", action, state, progress)
                        .isEqualTo(new Decision.Done());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TargetState.class)
    void noRefundIsMadeBesideOneThatIsNotOurs(TargetState state) {
        for (RefundPolicy policy : RefundPolicy.values()) {
            assertThat(ChargeDecisions.of(wish(Action.REFUND, Progress.NOT_CALLED, policy), sight(state, false, 1_000)))
                    .as("%s under %s", state, policy.name().toLowerCase(Locale.ROOT))
                    .isNotInstanceOf(Decision.Call.class);
        }
    }

    @ParameterizedTest
    @EnumSource(TargetState.class)
    void noRefundIsMadeWithoutApprovalWhereThatIsThePolicy(TargetState state) {
        for (RefundPolicy policy : List.of(RefundPolicy.APPROVE, RefundPolicy.REPORT_ONLY)) {
            assertThat(ChargeDecisions.of(wish(Action.REFUND, Progress.NOT_CALLED, policy), sight(state, false, 0)))
                    .isNotInstanceOf(Decision.Call.class);
        }
    }

    @ParameterizedTest
    @EnumSource(TargetState.class)
    void anInvoiceIsChargedAgainOnlyWhenItsChargeIsOver(TargetState state) {
        for (Action action : List.of(Action.CHANGE, Action.RETRY)) {
            for (Progress progress : Progress.values()) {
                Decision decision = ChargeDecisions.of(wish(action, progress), sight(state, false, 0));
                if (decision instanceof Decision.Recharge) {
                    assertThat(state).isIn(TargetState.FAILED, TargetState.CANCELLED);
                }
            }
        }
    }
}

package org.chargebridge.tracking;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.chargebridge.killpoint.Killpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes answers to the ledger, up to a hundred in a transaction, in the order in which everybody locks charges. */
final class AnswerRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerRecorder.class);
    private static final int TOGETHER = 100;

    private final TransactionTemplate transactions;

    AnswerRecorder(TransactionTemplate transactions) {
        this.transactions = transactions;
    }

    /** @throws RuntimeException the first failure, once all others are recorded */
    <T> void record(List<T> answers, Function<T, Lookup> lookup, Consumer<T> step) {
        List<T> ordered = answers.stream()
                .sorted(Comparator.comparing(
                                (T answer) -> lookup.apply(answer).line().fileId())
                        .thenComparing(answer -> lookup.apply(answer).line().position()))
                .toList();
        Optional<RuntimeException> failure = Optional.empty();
        for (int first = 0; first < ordered.size(); first += TOGETHER) {
            List<T> some = ordered.subList(first, Math.min(ordered.size(), first + TOGETHER));
            Optional<RuntimeException> failed = together(some, step);
            failure = failure.isPresent() ? failure : failed;
        }
        failure.ifPresent(first -> {
            throw first;
        });
    }

    private <T> Optional<RuntimeException> together(List<T> answers, Consumer<T> step) {
        try {
            commit(() -> answers.forEach(step));
            return Optional.empty();
        } catch (RuntimeException failure) {
            LOG.debug("{} answers cannot be recorded together; each is by itself", answers.size(), failure);
            return answers.size() == 1 ? Optional.of(failure) : eachByItself(answers, step);
        }
    }

    private <T> Optional<RuntimeException> eachByItself(List<T> answers, Consumer<T> step) {
        Optional<RuntimeException> first = Optional.empty();
        for (T answer : answers) {
            try {
                commit(() -> step.accept(answer));
            } catch (RuntimeException failure) {
                first = first.isPresent() ? first : Optional.of(failure);
            }
        }
        return first;
    }

    private void commit(Runnable change) {
        transactions.executeWithoutResult(tx -> {
            change.run();
            Killpoint.at("track.after-poll-before-commit");
        });
        Killpoint.at("track.after-commit");
    }
}

package org.chargebridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.chargebridge.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

class LongTransactionsTest {

    private static final int CONNECTIONS = 4;

    private final LongTransactions transactions = new LongTransactions(CONNECTIONS);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> recording = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void letAllEnd() {
        end.countDown();
        threads.shutdownNow();
    }

    private Future<?> begin(String source, String document) {
        return threads.submit(() -> transactions.record(source, LongTransactions.Patience.CALLER, () -> {
            recording.add(document);
            await().atMost(Patience.LONG).until(() -> end.getCount() == 0);
            return recording.remove(document);
        }));
    }

    private void awaitRecording(String... documents) {
        await().untilAsserted(() -> assertThat(recording).containsExactlyInAnyOrder(documents));
    }

    @Test
    void ofASourceOneIsRecordedAtATimeAndTheOtherAfterIt() throws Exception {
        Future<?> first = begin("erp", "a");
        awaitRecording("a");
        Future<?> second = begin("erp", "b");
        begin("webshop", "c");
        awaitRecording("a", "c");

        end.countDown();
        assertThat(first.get()).isEqualTo(true);
        assertThat(second.get()).isEqualTo(true);
    }

    @Test
    void halfOfTheConnectionsAreLeftToThoseWhoSendAndLookUp() {
        begin("erp", "a");
        begin("webshop", "b");
        awaitRecording("a", "b");

        Future<?> third = begin("till", "c");
        assertThatThrownBy(() -> transactions.record("gym", LongTransactions.Patience.TRIAL, () -> "recorded"))
                .isInstanceOf(CannotAcquireLockException.class);
        assertThat(third).isNotDone();
        assertThat(recording).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void answersThatAreWrittenCountToo() {
        begin("erp", "a");
        begin("webshop", "b");
        awaitRecording("a", "b");

        assertThatThrownBy(() -> transactions.read(LongTransactions.Patience.TRIAL, () -> "read"))
                .isInstanceOf(CannotAcquireLockException.class);
        end.countDown();
        assertThat(transactions.read(LongTransactions.Patience.TRIAL, () -> "read"))
                .isEqualTo("read");
    }

    @Test
    void whoeverComesBehindALongQueueIsToldAtOnce() {
        begin("erp", "long");
        awaitRecording("long");
        List<Future<?>> queue = IntStream.range(0, 40)
                .<Future<?>>mapToObj(number -> begin("erp", "document " + number))
                .toList();

        await().until(() -> queue.stream().filter(Future::isDone).count() >= 10);
        assertThat(transactions.record("webshop", LongTransactions.Patience.CALLER, () -> "recorded"))
                .isEqualTo("recorded");
    }

    @Test
    void workThatFailsGivesItsTurnBack() {
        assertThatThrownBy(() -> transactions.record("erp", LongTransactions.Patience.FILE, () -> {
                    throw new IllegalStateException("no such file");
                }))
                .hasMessage("no such file");

        assertThat(transactions.record("erp", LongTransactions.Patience.TRIAL, () -> "recorded"))
                .isEqualTo("recorded");
    }
}

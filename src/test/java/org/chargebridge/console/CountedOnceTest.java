package org.chargebridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The money on the first page is counted once, however many look at it in the same moment. */
class CountedOnceTest {

    private final AtomicInteger counts = new AtomicInteger();

    @Test
    void whoAsksMeanwhileWaitsForTheSameCount() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountedOnce<Integer> money = new CountedOnce<>(Duration.ofHours(1), () -> {
            int count = counts.incrementAndGet();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return count;
        });
        List<Thread> people = new ArrayList<>();
        ExecutorService asking = Executors.newCachedThreadPool(work -> {
            Thread person = new Thread(work);
            people.add(person);
            return person;
        });
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(asking.submit(money::get));
        }
        // One counts, and waits here; the others wait for it.
        Awaitility.await()
                .until(() -> people.stream()
                                .filter(person -> person.getState() == Thread.State.BLOCKED)
                                .count()
                        == 3);
        mayEnd.countDown();

        for (Future<Integer> answer : answers) {
            assertThat(answer.get(2, TimeUnit.MINUTES)).isOne();
        }
        assertThat(money.get()).isOne();
        asking.shutdown();
    }

    @Test
    void aCountThatFailedIsNotKept() {
        CountedOnce<Integer> money = new CountedOnce<>(Duration.ofHours(1), () -> {
            if (counts.incrementAndGet() == 1) {
                throw new IllegalStateException("the database is away");
            }
            return counts.get();
        });

        assertThatThrownBy(money::get).isInstanceOf(IllegalStateException.class);
        assertThat(money.get()).isEqualTo(2);
    }

    @Test
    void anOldCountIsCountedAgain() {
        CountedOnce<Integer> money = new CountedOnce<>(Duration.ZERO, counts::incrementAndGet);

        assertThat(money.get()).isOne();
        assertThat(money.get()).isEqualTo(2);
    }
}

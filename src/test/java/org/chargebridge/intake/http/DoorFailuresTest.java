package org.chargebridge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.chargebridge.ledger.LongTransactions;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

class DoorFailuresTest {

    private static HttpAnswer answer(Throwable failure) {
        return new DoorFailures().answer(new IllegalStateException("in a route", failure));
    }

    private static String body(HttpAnswer answer) throws Exception {
        return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void whoeverComesWhileOtherFilesAreRecordedIsAskedToComeAgain() throws Exception {
        HttpAnswer answer = answer(new LongTransactions.NoTurn("too many wait"));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsKey("Retry-After");
        assertThat(answer.isOurFailure()).isFalse();
        assertThat(body(answer)).contains("Other files are being recorded").contains("Send the same bytes again");
    }

    /** It is somebody else's, who keeps it: the operator is told. */
    @Test
    void aLockThatIsWaitedForInVainInTheDatabaseIsAFailureOfOurs() {
        HttpAnswer answer = answer(new CannotAcquireLockException("lock timeout"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.isOurFailure()).isTrue();
    }

    @Test
    void whatNobodyForesawSaysNothingOfWhatFailedInside() throws Exception {
        HttpAnswer answer = answer(new IllegalArgumentException("secret"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.isOurFailure()).isTrue();
        assertThat(body(answer)).doesNotContain("secret");
    }
}

package org.chargebridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginLimiterTest {

    // Monotonic time may begin anywhere, and overflow.
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final LoginLimiter limiter = new LoginLimiter(new LoginSettings(3, Duration.ofMinutes(5)), 4, nanos::get);

    private void fail(int times, String user, String address) {
        for (int i = 0; i < times; i++) {
            limiter.failed(user, address);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void afterSomeFailuresInARowNothingIsLookedAtUntilThePauseIsOver() {
        fail(2, "erp", "10.0.0.1");
        assertThat(limiter.blockedFor("erp", "10.0.0.1")).isEmpty();
        fail(1, "erp", "10.0.0.1");
        assertThat(limiter.blockedFor("erp", "10.0.0.1")).contains(Duration.ofMinutes(5));
        pass(Duration.ofMinutes(4));
        assertThat(limiter.blockedFor("erp", "10.0.0.1")).contains(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(1));
        assertThat(limiter.blockedFor("erp", "10.0.0.1")).isEmpty();
        fail(2, "erp", "10.0.0.1");
        assertThat(limiter.blockedFor("erp", "10.0.0.1")).isEmpty();
    }

    @Test
    void aLoginThatSucceedsForgetsTheFailuresBeforeIt() {
        fail(2, "erp", "10.0.0.1");
        limiter.succeeded("erp", "10.0.0.1");
        fail(2, "erp", "10.0.0.1");
        assertThat(limiter.blockedFor("erp", "10.0.0.1")).isEmpty();
    }

    @Test
    void anotherUserAndTheSameOneElsewhereAreNotBlocked() {
        fail(3, "erp", "10.0.0.1");
        assertThat(limiter.blockedFor("other", "10.0.0.1")).isEmpty();
        assertThat(limiter.blockedFor("erp", "10.0.0.2")).isEmpty();
    }

    @Test
    void aNameIsTheSameUserHoweverItIsWritten() {
        fail(1, "erp", "10.0.0.1");
        fail(1, "ERP", "10.0.0.1");
        fail(1, " Erp\t", "10.0.0.1");
        assertThat(limiter.blockedFor("eRp ", "10.0.0.1")).isPresent();
        limiter.succeeded("erp", "10.0.0.1");
        assertThat(limiter.blockedFor("ERP", "10.0.0.1")).isEmpty();
    }

    @Test
    void ofANameThatNobodyHasLittleIsKept() {
        fail(3, "x".repeat(1_000_000), "10.0.0.1");
        assertThat(limiter.blockedFor("x".repeat(201), "10.0.0.1")).isPresent();
    }

    @Test
    void whatIsRememberedIsBoundedAndTheOldestIsForgottenFirst() {
        fail(3, "first", "10.0.0.1");
        fail(3, "second", "10.0.0.1");
        for (int guess = 0; guess < 3; guess++) {
            fail(1, "guess" + guess, "10.0.0.1");
        }
        assertThat(limiter.blockedFor("first", "10.0.0.1")).isEmpty();
        assertThat(limiter.blockedFor("second", "10.0.0.1")).isPresent();
    }
}

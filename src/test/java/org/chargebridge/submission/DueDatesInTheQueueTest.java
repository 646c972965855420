package org.chargebridge.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.chargebridge.charge.Currency;
import org.chargebridge.ledger.Lease;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.chargebridge.ledger.RecordedLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines whose due date becomes impossible while they wait, with a clock stepped over the cut-offs of three markets. */
class DueDatesInTheQueueTest {

    /** A due date, and the cut-off of the day before in UTC: in Norway and Denmark, and in Finland an hour earlier. */
    private record Night(String due, String cutOff, String inFinland) {}

    private static final List<Night> NIGHTS = List.of(
            // Summer time begins and ends in 2027, year end, the leap day and the day after it.
            new Night("2026-12-31", "2026-12-30T21:00:00Z", "2026-12-30T20:00:00Z"),
            new Night("2027-01-01", "2026-12-31T21:00:00Z", "2026-12-31T20:00:00Z"),
            new Night("2027-03-28", "2027-03-27T21:00:00Z", "2027-03-27T20:00:00Z"),
            new Night("2027-03-29", "2027-03-28T20:00:00Z", "2027-03-28T19:00:00Z"),
            new Night("2027-10-31", "2027-10-30T20:00:00Z", "2027-10-30T19:00:00Z"),
            new Night("2027-11-01", "2027-10-31T21:00:00Z", "2027-10-31T20:00:00Z"),
            new Night("2028-02-29", "2028-02-28T21:00:00Z", "2028-02-28T20:00:00Z"),
            new Night("2028-03-01", "2028-02-29T21:00:00Z", "2028-02-29T20:00:00Z"));

    static Stream<Arguments> marketsAndPolicies() {
        return Stream.of(Currency.values())
                .flatMap(market -> Stream.of(Channel.LateDue.values()).map(policy -> Arguments.of(market, policy)));
    }

    @ParameterizedTest
    @MethodSource("marketsAndPolicies")
    void theCutOffOfTheMarketDecidesToTheSecond(Currency market, Channel.LateDue policy) {
        try (SendingRig rig = new SendingRig(channel(market, policy))) {
            for (Night night : NIGHTS) {
                String cutOff = market == Currency.EUR ? night.inFinland() : night.cutOff();
                rig.clock.moveTo(cutOff);
                recorded(rig, "in-time-" + night.due(), night.due());
                Lease inTime = rig.lease();
                assertThat(due(inTime)).as("%s %s", market, night).isEqualTo(night.due());
                rig.acknowledge(inTime);

                long late = recorded(rig, "late-" + night.due(), night.due());
                rig.clock.advance(Duration.ofSeconds(1));
                if (policy == Channel.LateDue.REFUSE) {
                    assertThat(rig.nothingMayGo()).as("%s %s", market, night).isTrue();
                    assertThat(rig.chargeStatus(late, 1)).contains("REFUSED");
                } else {
                    Lease shifted = rig.lease();
                    assertThat(due(shifted))
                            .as("%s %s", market, night)
                            .isEqualTo(LocalDate.parse(night.due()).plusDays(1).toString());
                    rig.acknowledge(shifted);
                }
            }
            assertThat(rig.linesOutsideExactlyOneBlock()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Currency.class)
    void aShiftHasItsLimitInDaysAndKeepsWhatTheFileSaid(Currency market) {
        try (SendingRig rig = new SendingRig(channel(market, Channel.LateDue.SHIFT))) {
            rig.clock.moveTo("2028-02-28T12:00:00Z");
            long three = recorded(rig, "three", "2028-02-26");
            long four = recorded(rig, "four", "2028-02-25");
            assertThat(due(rig.lease())).isEqualTo("2028-02-29");
            assertThat(rig.chargeStatus(four, 1)).contains("HELD");
            assertThat(
                            rig.count(
                                    "select count(*) from instruction where file_id = " + three
                                            + " and requested_due = '2028-02-26' and effective_due = '2028-02-29' and digest = '\\x00'"))
                    .isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(Currency.class)
    void aRequestStoredButNeverSentIsMadeAnewWhenItsDatesPassed(Currency market) {
        try (SendingRig rig = new SendingRig(channel(market, Channel.LateDue.REFUSE))) {
            rig.clock.moveTo("2026-12-30T12:00:00Z");
            long late = recorded(rig, "late", "2026-12-31");
            recorded(rig, "good", "2027-01-15");
            block(rig);
            assertThat(rig.nothingMayGo()).isTrue();
            rig.clock.moveTo("2026-12-30T23:30:00Z");
            unblock(rig);
            Lease lease = rig.lease();
            assertThat(lease.lineCount()).isOne();
            assertThat(due(lease)).isEqualTo("2027-01-15");
            assertThat(rig.chargeStatus(late, 1)).contains("REFUSED");
        }
    }

    @Test
    void aRequestThatMustWaitIsNotMadeAnewAtEveryPoll() {
        Channel farther = ChannelBuilder.channel()
                .name("farther")
                .policy(p -> new Channel.Policy(
                        p.lateDue(),
                        p.maxDaysLate(),
                        5,
                        p.cutOff(),
                        p.onConflict(),
                        p.goLiveDate(),
                        p.maxPerChargeMinor(),
                        p.maxPerFileMinor()))
                .build();
        try (SendingRig rig = new SendingRig(channel(Currency.NOK, Channel.LateDue.REFUSE), farther)) {
            rig.clock.moveTo("2026-12-30T12:00:00Z");
            recorded(rig, "soon", "2026-12-31");
            block(rig);
            for (int poll = 0; poll < 5; poll++) {
                assertThat(rig.nothingMayGo()).isTrue();
            }
            assertThat(rig.count("select count(*) from dispatch")).isOne();
            unblock(rig);
            assertThat(rig.lease().lineCount()).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(Currency.class)
    void afterTheFirstSendNoDateIsShifted(Currency market) {
        try (SendingRig rig = new SendingRig(channel(market, Channel.LateDue.SHIFT))) {
            rig.clock.moveTo("2027-10-30T18:58:00Z");
            long file = recorded(rig, "once", "2027-10-31");
            Lease first = rig.lease();
            rig.answers.recordFailure(first, new java.io.IOException("reset"));
            rig.clock.moveTo("2027-10-30T19:02:00Z");
            Lease replay = rig.lease();
            assertThat(replay.body()).isEqualTo(first.body());
            assertThat(replay.idempotencyKey()).isEqualTo(first.idempotencyKey());
            rig.answers.recordFailure(replay, new java.io.IOException("reset"));

            rig.clock.moveTo("2027-10-30T22:30:00Z");
            assertThat(rig.nothingMayGo()).isTrue();
            // As once it is sent again by itself: nobody looks it up any more until that is answered.
            rig.transactions.executeWithoutResult(tx -> rig.blocks.isolate(file, 1, 1, true));
            rig.jdbc.sql("update charge set next_check_at = null").update();
            assertThat(rig.nothingMayGo()).isTrue();
            assertThat(rig.chargeStatus(file, 1)).contains("UNCONFIRMED");
            assertThat(rig.count("select count(*) from instruction where effective_due <> requested_due"))
                    .isZero();
            assertThat(rig.count("select count(*) from charge where next_check_at is not null"))
                    .isOne();
        }
    }

    private static void block(SendingRig rig) {
        rig.transactions.executeWithoutResult(
                tx -> new Pacing(rig.jdbc).block(SendingRig.MSN, LimitClass.CREATE_CHARGE, Duration.ofHours(1)));
    }

    private static void unblock(SendingRig rig) {
        rig.jdbc.sql("update pacing set blocked_until = null, tokens = 100").update();
    }

    private static long recorded(SendingRig rig, String prefix, String due) {
        return new RecordedLines(rig.database).due(due).file(prefix, 1);
    }

    private static String due(Lease lease) {
        String body = new String(lease.body(), StandardCharsets.UTF_8);
        return body.replaceFirst("(?s).*\"due\":\"(\\d{4}-\\d\\d-\\d\\d)\".*", "$1");
    }

    private static Channel channel(Currency market, Channel.LateDue policy) {
        return ChannelBuilder.channel()
                .currency(market)
                .policy(p -> new Channel.Policy(
                        policy,
                        3,
                        p.leadDays(),
                        p.cutOff(),
                        p.onConflict(),
                        p.goLiveDate(),
                        p.maxPerChargeMinor(),
                        p.maxPerFileMinor()))
                .build();
    }
}

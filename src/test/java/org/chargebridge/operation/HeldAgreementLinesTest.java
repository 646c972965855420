package org.chargebridge.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.chargebridge.channel.SendingSettings;
import org.chargebridge.channel.UsualSettings;
import org.chargebridge.charge.Action;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.Attempts;
import org.chargebridge.ledger.Charges;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.Events;
import org.chargebridge.ledger.HeldOperations;
import org.chargebridge.ledger.IntakeLetters;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.Operation;
import org.chargebridge.ledger.OperationCourse;
import org.chargebridge.ledger.OperationTargets;
import org.chargebridge.ledger.RecordedLines;
import org.chargebridge.ledger.SalesUnits;
import org.chargebridge.recurring.AgreementView;
import org.chargebridge.recurring.UnreadableAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What waits for an agreement to show something goes on when any look shows it. */
class HeldAgreementLinesTest {

    private static final String MSN = "123456";

    private final LedgerDatabase database = LedgerDatabase.create();
    private final TestClock clock = new TestClock("2026-11-20T11:00:00Z");
    private final JdbcClient jdbc = database.jdbc();
    private final OperationCourse course = new OperationCourse(jdbc, clock);
    private final AgreementWishes wishes = new AgreementWishes(
            new OperationSettings(OperationSettings.SCHEDULE, Duration.ofSeconds(30), Duration.ofHours(24)),
            clock,
            UsualSettings.of(SendingSettings.class));
    private final HeldAgreementLines lines = new HeldAgreementLines(new HeldOperations(jdbc, clock), wishes);

    @AfterEach
    void close() {
        try {
            InvariantsHold.in(database.dataSource(), clock);
        } finally {
            database.close();
        }
    }

    @Test
    void changeThatShowsLateIsDoneWithoutAPerson() throws UnreadableAnswer {
        long file = operation(Action.UPDATE_AGREEMENT, "CONFIRM");
        look(file, agreement("ACTIVE", "Old"));
        assertThat(state(file)).isEqualTo("HELD AGREEMENT_NOT_CONFIRMED");

        lines.shown(MSN, List.of(agreement("ACTIVE", "Old")));
        assertThat(state(file)).isEqualTo("HELD AGREEMENT_NOT_CONFIRMED");
        lines.shown(MSN, List.of(agreement("ACTIVE", "New")));

        assertThat(state(file)).isEqualTo("OPEN");
        assertThat(openLetters()).isZero();
        look(file, agreement("ACTIVE", "New"));
        assertThat(state(file)).isEqualTo("DONE");
        assertThat(told(file)).containsExactly("HELD", "ACTIVE");
    }

    @Test
    void stopThatShowsLateIsDoneWithoutAPerson() throws UnreadableAnswer {
        long file = operation(Action.STOP_AGREEMENT, "CONFIRM");
        look(file, agreement("ACTIVE", "Old"));
        assertThat(state(file)).isEqualTo("HELD AGREEMENT_NOT_CONFIRMED");
        lines.shown(MSN, List.of(agreement("STOPPED", "Old")));
        look(file, agreement("STOPPED", "Old"));
        assertThat(told(file)).containsExactly("HELD", "STOPPED");
        assertThat(openLetters()).isZero();
    }

    @Test
    void lineOnAnAgreementOfAnUnknownStatusIsToldOnceAndGoesOnWhenItShowsAKnownOne() throws UnreadableAnswer {
        long file = operation(Action.UPDATE_AGREEMENT, "LOOK");
        look(file, agreement("PAUSED", "Old"));
        assertThat(state(file)).isEqualTo("HELD AGREEMENT_STATUS_UNKNOWN");
        assertThat(openLetters()).isOne();

        lines.shown(MSN, List.of(agreement("PAUSED", "Old")));
        assertThat(told(file)).containsExactly("HELD");
        lines.shown(MSN, List.of(agreement("ACTIVE", "Old")));

        assertThat(state(file)).isEqualTo("OPEN");
        assertThat(openLetters()).isZero();
    }

    private void look(long file, AgreementView view) {
        Operation operation = course.find(file, 100).orElseThrow();
        Events events = new Events(jdbc, clock);
        OperationTargets targets = new OperationTargets(
                jdbc, new Charges(jdbc, clock), events, course, new IntakeLetters(jdbc, clock), clock);
        Verdicts verdicts = new Verdicts(
                course,
                targets,
                new Attempts(jdbc, clock),
                new SalesUnits(jdbc),
                events,
                new DeadLetters(jdbc, clock),
                clock);
        verdicts.apply(operation, new Conduct.Verdict(wishes.decide(operation, view), Shown.of("", view.statusWord())));
    }

    private static AgreementView agreement(String status, String product) throws UnreadableAnswer {
        return AgreementView.parse(
                ("{\"id\":\"agr_1\",\"status\":\"" + status + "\",\"productName\":\"" + product + "\"}")
                        .getBytes(UTF_8));
    }

    private long operation(Action action, String phase) {
        long file = new RecordedLines(database).file("demo-held", 1);
        jdbc.sql(
                        """
                        insert into operation (file_id, position, channel, msn, action, identity, target, order_id,
                            exact, agreement_id, invoice_number, customer_number, kid, amount_minor, currency,
                            description, terms, digest, correction, cells, recorded_at, next_attempt_at, phase,
                            first_sent_at)
                        values (:file, 100, 'demo', '123456', :action, 'i', 'agr_1', '', false, 'agr_1', 'U1', '', '',
                            null, '', '', :terms::jsonb, '\\x00', 0, '', :now, :now, :phase,
                            case :phase when 'CONFIRM' then cast(:now as timestamptz) - interval '2 days' end)
                        """)
                .param("file", file)
                .param("action", action.name())
                .param("terms", action == Action.UPDATE_AGREEMENT ? "{\"product_name\":\"New\"}" : "{}")
                .param("phase", phase)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
        return file;
    }

    private String state(long file) {
        return jdbc.sql("select trim(state || ' ' || coalesce(reason_code, '')) from operation where file_id = :file")
                .param("file", file)
                .query(String.class)
                .single();
    }

    private long openLetters() {
        return jdbc.sql("select count(*) from dead_letter where state = 'OPEN'")
                .query(Long.class)
                .single();
    }

    private List<String> told(long file) {
        return jdbc.sql("select status from event where file_id = :file and position = 100 and reportable order by id")
                .param("file", file)
                .query(String.class)
                .list();
    }
}

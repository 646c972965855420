package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.chargebridge.ledger.LedgerTrouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LedgerOutagesTest {

    private static final String ALARM = "No work goes on where it is needed";

    private final AtomicBoolean answers = new AtomicBoolean();
    private final LedgerOutages outages = new LedgerOutages(answers::get);

    private void outageComesAndGoes() {
        outages.failed(LedgerTrouble.GONE, "send-charges", "connection refused");
        answers.set(true);
        outages.worked("send-charges");
    }

    @Test
    void anOutageIsToldOnceForAllRoutesAndItsEndOnce(CapturedOutput output) {
        outages.failed(LedgerTrouble.GONE, "send-charges", "connection refused");
        outages.failed(LedgerTrouble.GONE, "track-charges", "connection refused");
        outages.worked("write-receipts.erp");
        answers.set(true);
        outages.worked("send-charges");
        outages.worked("track-charges");

        assertThat(output.getOut()).containsOnlyOnce(ALARM).containsOnlyOnce("Work goes on");
    }

    @Test
    void aConnectionFromBeforeIsNoOutageOfItsOwnWhileTheDatabaseAnswers(CapturedOutput output) {
        outageComesAndGoes();

        outages.failed(LedgerTrouble.GONE, "track-charges", "connection is closed");

        assertThat(output.getOut()).containsOnlyOnce(ALARM).contains("track-charges still met a connection");
    }

    @Test
    void aPoolThatRunsDryMeanwhileIsNoOutageOfItsOwn(CapturedOutput output) {
        outages.failed(LedgerTrouble.GONE, "send-charges", "connection refused");
        outages.failed(LedgerTrouble.BUSY, "track-charges", "every connection is in use");
        answers.set(true);
        outages.worked("send-charges");

        assertThat(output.getOut()).containsOnlyOnce(ALARM).containsOnlyOnce("Work goes on");
    }

    @Test
    void aPoolThatRanDryBeforeTheDatabaseWasGoneIsAnother(CapturedOutput output) {
        outages.failed(LedgerTrouble.BUSY, "track-charges", "every connection is in use");
        outages.failed(LedgerTrouble.GONE, "send-charges", "connection refused");

        assertThat(output.getOut().split(ALARM, -1)).hasSize(3);
    }

    @Test
    void aDatabaseThatIsGoneAgainIsToldAgain(CapturedOutput output) {
        outageComesAndGoes();
        answers.set(false);

        outages.failed(LedgerTrouble.GONE, "track-charges", "connection refused");

        assertThat(output.getOut().split(ALARM, -1)).hasSize(3);
    }
}

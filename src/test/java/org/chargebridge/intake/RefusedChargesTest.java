package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a document whose charge the API refused for good, when it comes again (MR15). */
class RefusedChargesTest {

    private final IntakeRig rig = new IntakeRig(ChannelBuilder.channel().build());

    @AfterEach
    void close() {
        rig.close();
    }

    private static String line(String number, String amount) {
        return number + ";C1;agr_abc1;;" + amount + ";2026-12-01;Text\n";
    }

    private void refused(String file, int position) {
        rig.jdbc
                .sql(
                        """
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, status, due,
                            retry_days, changed_at)
                        select i.file_id, i.position, i.order_id, i.msn, 'demo', i.agreement_id, 'REFUSED',
                            i.effective_due, i.retry_days, now()
                        from instruction i join inbound_file f on f.id = i.file_id
                        where f.name = :file and i.position = :position
                        """)
                .param("file", file)
                .param("position", position)
                .update();
    }

    private List<String> blocks() {
        return rig.jdbc
                .sql("select f.name || ' ' || first_position || ' ' || correction from block b"
                        + " join inbound_file f on f.id = b.file_id order by b.file_id, first_position")
                .query(String.class)
                .list();
    }

    @Test
    void aFileThatComesAgainDoesNotAskForWhatAnotherFileAskedForInItsPlace() {
        String content = IntakeRig.HEADER + line("1001", "100,00") + line("1002", "100,00");
        rig.receive("a.csv", content);
        refused("a.csv", 2);
        rig.receive("b.csv", IntakeRig.HEADER + line("1001", "90,00"));
        assertThat(rig.answers("b.csv")).containsExactly("2 ACCEPTED -");

        rig.receive("a.csv", content);

        assertThat(blocks()).containsExactly("a.csv 2 0", "b.csv 2 1");
        assertThat(rig.jdbc
                        .sql("select count(*) from charge where status = 'REFUSED'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    /** The API remembers a refusal under its key: only another correction makes another one. */
    @Test
    void aDocumentIsAskedForAgainUnderACorrectionAboveItsOwn() {
        rig.receive("other.csv", IntakeRig.HEADER + line("2001", "100,00"));
        rig.jdbc.sql("update block set correction = 7").update();
        rig.receive("a.csv", IntakeRig.HEADER + line("1001", "100,00"));
        rig.jdbc
                .sql(
                        "update block set correction = 2 where file_id = (select id from inbound_file where name = 'a.csv')")
                .update();
        refused("a.csv", 2);

        rig.receive("b.csv", IntakeRig.HEADER + line("1001", "90,00"));

        assertThat(blocks()).containsExactly("other.csv 2 7", "a.csv 2 2", "b.csv 2 3");
    }
}

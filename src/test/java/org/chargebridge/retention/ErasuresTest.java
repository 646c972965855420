package org.chargebridge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.AuditChain;
import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.Invariants.Invariant;
import org.chargebridge.ledger.InvariantsHold;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.PersonSearch;
import org.chargebridge.ledger.PersonalData;
import org.chargebridge.ledger.RecordedLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ErasuresTest {

    private static final String NAME = "Kari Nordmann";
    private static final String PHONE = "4712345678";
    /** What the ERP knows her agreement by at Vipps MobilePay. */
    private static final String EXTERNAL_ID = "kari@example.com";

    private final LedgerDatabase database = LedgerDatabase.create();
    private final JdbcClient jdbc = database.jdbc();
    private final TestClock clock = new TestClock("2026-11-20T08:00:00Z");
    private final Erasures erasures = new Erasures(
            new PersonSearch(jdbc),
            new PersonalData(jdbc, clock),
            new InboundFiles(jdbc, clock),
            new AuditTrail(jdbc, clock),
            new RetentionSettings(RetentionSettings.SCHEDULE, "5y6m", "30d", "400d"),
            database.transactions());
    private final OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);

    /** Kari is customer 4711 with an agreement that ended, Ola is customer 4712 in the same file and request. */
    @BeforeEach
    void twoCustomersInOneFile() {
        new InboundFiles(jdbc, clock).bindSource("demo", "demo");
        long file = new RecordedLines(database).agreement("agr_kari").file("bills", 3);
        jdbc.sql(
                        """
                        update instruction
                        set customer_number = case position when 3 then '4712' else '4711' end,
                            agreement_id = case position when 3 then 'agr_ola' else agreement_id end,
                            description = case position when 3 then 'Ola' else :name end, cells = case position when 3 then 'Ola' else :name end
                        """)
                .param("name", NAME)
                .update();
        jdbc.sql(
                        """
                        with sent as (
                            insert into dispatch (msn, kind, state, idempotency_key, path, body, body_sha256, line_count,
                                earliest_due, answered_at, created_at)
                            values ('123456', 'BATCH', 'ACCEPTED', 'key', '/', '\\x1f8b', 'sum', 3, :due, :now, :now)
                            returning id)
                        update block set dispatch_id = (select id from sent)
                        """)
                .param("due", now.toLocalDate())
                .param("now", now)
                .update();
        jdbc.sql(
                        """
                        insert into charge (file_id, position, order_id, msn, channel, agreement_id, dispatch_id, status, due,
                            retry_days, changed_at, problem, amount_captured)
                        select i.file_id, i.position, i.order_id, i.msn, 'demo', i.agreement_id, b.dispatch_id, 'CHARGED',
                            i.effective_due, i.retry_days, :now, case i.position when 3 then null else :name end, i.amount_minor
                        from instruction i, block b
                        """)
                .param("now", now)
                .param("name", NAME)
                .update();
        jdbc.sql(
                        """
                        insert into event (occurred_at, channel, msn, file_id, position, order_id, status, amount_captured,
                            reportable)
                        select changed_at, channel, msn, file_id, position, order_id, status, amount_captured, true from charge
                        """)
                .update();
        jdbc.sql(
                        """
                        insert into operation (file_id, position, channel, msn, action, identity, target, order_id, exact,
                            agreement_id, invoice_number, customer_number, kid, currency, description, external_id,
                            terms, digest, correction, cells, recorded_at, state, body, finished_at)
                        values (:file, 4, 'demo', '123456', 'DRAFT_AGREEMENT', 'identity', '', '', true, '', '', '4711', '', 'NOK',
                            :name, :external, jsonb_build_object('phone_number', :phone), '\\x00', 0, :name, :now, 'DONE', '\\x00', :now)
                        """)
                .param("file", file)
                .param("name", NAME)
                .param("external", EXTERNAL_ID)
                .param("phone", PHONE)
                .param("now", now)
                .update();
        jdbc.sql(
                        """
                        insert into draft (file_id, position, channel, msn, way, token, external_id, state, agreement_id,
                            mapped_at, created_at, body, lease_owner, lease_until)
                        values (:file, 4, 'demo', '123456', 'LINK', 'token', :external, 'ACTIVE', 'agr_kari', :now, :now,
                            convert_to(:phone, 'UTF8'), 'node-1', :now)
                        """)
                .param("file", file)
                .param("external", EXTERNAL_ID)
                .param("phone", PHONE)
                .param("now", now)
                .update();
        jdbc.sql(
                        """
                        insert into agreement (msn, agreement_id, status, external_id, sub, userinfo_url, changed_at)
                        values ('123456', 'agr_kari', 'STOPPED', :external, 'sub', 'https://example.com/u', :now),
                               ('123456', 'agr_ola', 'ACTIVE', '4712', 'sub', 'https://example.com/u', :now)
                        """)
                .param("external", EXTERNAL_ID)
                .param("now", now)
                .update();
        jdbc.sql(
                        """
                        insert into agreement_mapping (source_id, key_type, key, agreement_id, approved, file_id, position,
                            recorded_at)
                        values ('demo', 'CUSTOMER_NO', '4711', 'agr_kari', true, :file, 1, :now),
                               ('demo', 'CUSTOMER_NO', '4712', 'agr_ola', true, :file, 2, :now)
                        """)
                .param("file", file)
                .param("now", now)
                .update();
    }

    @AfterEach
    void moneyAndIdentitiesAreAsTheyWere() {
        assertThat(count("instruction where amount_minor = 10000 and order_id <> '' and customer_number <> ''"))
                .isEqualTo(3);
        InvariantsHold.in(database.dataSource(), clock, Invariant.I1, Invariant.I6);
        database.close();
    }

    private long count(String from) {
        return jdbc.sql("select count(*) from " + from).query(Long.class).single();
    }

    /** Every row of the ledger but the bytes of files, as text. */
    private String everything() {
        StringBuilder all = new StringBuilder();
        for (String table : jdbc.sql("select tablename from pg_tables where schemaname = 'public'")
                .query(String.class)
                .list()) {
            jdbc.sql("select t::text from " + table + " t")
                    .query(String.class)
                    .list()
                    .forEach(all::append);
        }
        return all.toString();
    }

    private Erasure erase(Person.By by, String value) {
        return erasures.erase(new Person(by, value, "demo"), "anne", "request 17");
    }

    @Test
    void nothingIsLeftOfAPersonButWhatBookkeepingNeeds() {
        assertThat(everything()).contains(NAME, PHONE, EXTERNAL_ID);
        Erasure erasure = erase(Person.By.PHONE_NUMBER, "+47 123 45 678");
        assertThat(erasure).isInstanceOf(Erasure.Erased.class);
        assertThat(erasure.message())
                .isEqualTo("Erasure 1: 3 lines, 1 agreements and 1 requests hold no text about the person any more."
                        + " Document numbers, customer numbers, amounts, dates and states stay: they are bookkeeping. The"
                        + " original bytes of 1 files, and of what was made of them, stay as bookkeeping material until"
                        + " 2032-05-20, when retention deletes them.");
        assertThat(everything()).doesNotContain(NAME, PHONE, "token", EXTERNAL_ID);
        assertThat(count("instruction where description = '' and cells = ''")).isEqualTo(2);
        assertThat(count("operation where description = '' and cells = '' and terms = '{}' and body is null"))
                .isEqualTo(1);
        assertThat(count("agreement where agreement_id = 'agr_kari' and sub is null and userinfo_url is null"
                        + " and external_id is null"))
                .isEqualTo(1);
        assertThat(count("dispatch where body is null")).isEqualTo(1);
        assertThat(count("draft where body is null")).isEqualTo(1);
    }

    @Test
    void othersInTheSameFileAndRequestKeepEverything() {
        assertThat(erase(Person.By.CUSTOMER_NUMBER, "4711")).isInstanceOf(Erasure.Erased.class);
        assertThat(count("instruction where description = 'Ola' and cells <> ''"))
                .isEqualTo(1);
        assertThat(count("agreement where agreement_id = 'agr_ola' and sub is not null"))
                .isEqualTo(1);
        assertThat(jdbc.sql("select key from agreement_mapping")
                        .query(String.class)
                        .list())
                .containsExactly("4712");
    }

    @Test
    void auditTrailSaysThatSomebodyWasErasedAndNotWho() {
        erase(Person.By.CUSTOMER_NUMBER, "4711");
        var entry = jdbc.sql("select actor, action, subject, reason, result from audit_event")
                .query()
                .singleRow();
        assertThat(entry)
                .containsEntry("actor", "anne")
                .containsEntry("action", "erase")
                .containsEntry("subject", "erasure 1")
                .containsEntry("reason", "request 17");
        assertThat(entry.toString()).doesNotContain("4711", NAME, "agr_kari", PHONE);
    }

    /** A letter about Kari's line, one about Ola's, each with an approval, an order about many and what was sealed of both. */
    private void decisionsThatNameTheCustomers(boolean sealed) {
        jdbc.sql(
                        """
                        insert into dead_letter (kind, state, channel, msn, file_id, position, reason, remedy, created_at,
                            closed_at)
                        select 'LINE', 'DISCARDED', 'demo', '123456', file_id, position, 'x', 'y', :now, :now
                        from instruction where position in (1, 3) order by position
                        """)
                .param("now", now)
                .update();
        for (int letter = 1; letter <= 2; letter++) {
            String name = letter == 1 ? NAME : "Ola Normann";
            jdbc.sql(
                            """
                            insert into approval (dead_letter_id, kind, opened_at, asked_by, asked_at, why, state, decided_by,
                                decided_at, decision_reason)
                            values (:letter, 'REFUND', :now, 'anne', :now, :name, 'REFUSED', 'per', :now, :name)
                            """)
                    .param("letter", letter)
                    .param("now", now)
                    .param("name", name + " rang")
                    .update();
            jdbc.sql(
                            """
                            insert into bulk_order (decision, actor, roles, reason, chosen, state, created_at, finished_at)
                            values ('DISCARD', 'anne', '{}', :name, :chosen, 'DONE', :now, :now)
                            """)
                    .param("name", name + " wrote")
                    .param("chosen", "number " + letter)
                    .param("now", now)
                    .update();
            jdbc.sql(
                            "insert into bulk_order_letter (bulk_order_id, dead_letter_id, state) values (:letter, :letter, 'DONE')")
                    .param("letter", letter)
                    .update();
            AuditTrail audit = new AuditTrail(jdbc, clock);
            audit.record("anne", "discard many", "dead letters: number " + letter, name + " wrote", "done");
            audit.record("anne", "discard", "dead letter " + letter, name + " wrote", "done");
        }
        if (sealed) {
            new AuditChain(jdbc, database.transactions()).seal();
        }
    }

    @Test
    void whatPeopleWroteWhenTheyDecidedIsBlankedAndTheChainStillFits() {
        decisionsThatNameTheCustomers(true);

        assertThat(erase(Person.By.CUSTOMER_NUMBER, "4711")).isInstanceOf(Erasure.Erased.class);

        assertThat(everything())
                .doesNotContain(NAME)
                .contains("Ola Normann rang")
                .contains("Ola Normann wrote");
        assertThat(count("audit_event where reason like 'Ola%'")).isEqualTo(2);
        assertThat(new AuditChain(jdbc, database.transactions()).verify().broken())
                .isEmpty();
    }

    @Test
    void aDecisionThatIsNotSealedYetIsWaitedFor() {
        decisionsThatNameTheCustomers(false);

        assertThat(erase(Person.By.CUSTOMER_NUMBER, "4711").message()).contains("not sealed yet");
        assertThat(everything()).contains(NAME);
    }

    @Test
    void reasonThatNamesThePersonIsRefused() {
        Erasure erasure = erasures.erase(
                new Person(Person.By.PHONE_NUMBER, PHONE, "demo"), "anne", "asked for by +47 12 34 56 78");
        assertThat(erasure.message()).contains("must not name the person");
        assertThat(everything()).contains(PHONE);
    }

    @Test
    void nobodyIsErasedWhoCanStillBeCharged() {
        assertThat(erase(Person.By.CUSTOMER_NUMBER, "4712"))
                .isInstanceOf(Erasure.Refused.class)
                .extracting(Erasure::message)
                .asString()
                .contains("agr_ola can still be charged. Stop it first");

        jdbc.sql("update charge set status = 'RESERVED', next_check_at = now() where position = 2")
                .update();
        assertThat(erase(Person.By.AGREEMENT_ID, "agr_kari").message())
                .contains("1 lines about the person are not done");
        assertThat(everything()).contains(NAME);
        assertThat(count("audit_event")).isZero();
        jdbc.sql("update charge set status = 'CHARGED', next_check_at = null").update();
    }

    @Test
    void agreementThatPaysForOthersTooIsNotThePersonsAlone() {
        jdbc.sql("update agreement_mapping set agreement_id = 'agr_ola' where key = '4711'")
                .update();
        jdbc.sql("update instruction set agreement_id = 'agr_ola' where position = 2")
                .update();
        assertThat(erase(Person.By.CUSTOMER_NUMBER, "4711")).isInstanceOf(Erasure.Erased.class);
        assertThat(count("instruction where description = 'Ola'")).isEqualTo(1);
        assertThat(count("instruction where description = ''")).isEqualTo(2);
        assertThat(count("agreement where agreement_id = 'agr_ola' and sub is not null"))
                .isEqualTo(1);
    }

    @Test
    void previewChangesNothing() {
        Erasure preview = erasures.preview(new Person(Person.By.CUSTOMER_NUMBER, "4711", "demo"));
        assertThat(preview).isEqualTo(new Erasure.Preview(3, List.of("agr_kari")));
        assertThat(everything()).contains(NAME);
    }

    @Test
    void whoIsNotKnownThereIsSaidToBeUnknown() {
        assertThat(erase(Person.By.CUSTOMER_NUMBER, "9999")).isInstanceOf(Erasure.Unknown.class);
        assertThat(erasures.erase(new Person(Person.By.CUSTOMER_NUMBER, "4711", "other"), "anne", "request 17"))
                .isInstanceOf(Erasure.Unknown.class);
        assertThat(erase(Person.By.PHONE_NUMBER, "12").message()).startsWith("Give a customer number");
    }
}

package org.chargebridge.ledger;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.AgreementMappings.Mapping;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of mapping files and their answers. Every method works in the caller's transaction. */
@Repository
public class MappingFiles {

    /** A row of a mapping file that got an answer through another row. */
    public record Related(int position, String keyType, String key, String fileName, int otherPosition) {}

    /** A row that points its key to another agreement than before. */
    public record Repointed(long id, int position, String before, String after) {}

    private static final String IDENTICAL =
            """
            other.source_id = m.source_id and other.key_type = m.key_type and other.key = m.key
            and other.agreement_id = m.agreement_id and other.currency is not distinct from m.currency
            and other.retry_days is not distinct from m.retry_days
            and other.valid_from is not distinct from m.valid_from and other.valid_to is not distinct from m.valid_to
            """;

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final Clock clock;

    public MappingFiles(JdbcClient jdbc, DataSource dataSource, Clock clock) {
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** Records rows of a mapping file, approved for now. */
    public void store(InboundFile file, List<Mapping> rows) {
        CopyRows copy = new CopyRows(
                """
                agreement_mapping (source_id, key_type, key, agreement_id, currency, retry_days, valid_from, valid_to,
                approved, file_id, position, recorded_at)""");
        for (Mapping row : rows) {
            copy.text(file.sourceId())
                    .text(row.keyType())
                    .text(row.key())
                    .text(row.agreementId())
                    .textOrAbsent(row.currency().map(Currency::name));
            if (row.retryDays().isPresent()) {
                copy.number(row.retryDays().getAsInt());
            } else {
                copy.absent();
            }
            copy.date(row.validFrom())
                    .date(row.validTo())
                    .flag(true)
                    .number(file.id())
                    .number(row.position())
                    .text(clock.instant().toString())
                    .end();
        }
        copy.write(dataSource);
    }

    /** One row's answer. */
    public record Answered(
            int position,
            Answer answer,
            Reason reason,
            String key,
            String agreementId,
            String currency,
            List<String> cells) {}

    /** Writes the answers of rows; the key stands where a line has its customer number. */
    public void answer(InboundFile file, List<Answered> answers) {
        CopyRows copy = new CopyRows(
                """
                intake_exception (file_id, position, action, answer, reason_code, reason_arguments, order_id,
                invoice_number, customer_number, kid, agreement_id, currency, cells)""");
        for (Answered row : answers) {
            copy.number(file.id())
                    .number(row.position())
                    .text("MAPPING")
                    .text(row.answer().name())
                    .text(row.reason().code().name())
                    .texts(row.reason().arguments())
                    .text("")
                    .text("")
                    .text(row.key())
                    .text("")
                    .text(row.agreementId())
                    .text(row.currency())
                    .text(String.join("\u001F", row.cells()))
                    .end();
        }
        copy.write(dataSource);
    }

    /** What a mapping file's rows were answered, and why. */
    public record AnswerKind(Answer answer, ReasonCode reason) {}

    /** How many rows of a file were answered how. */
    public Map<AnswerKind, Integer> answers(long fileId) {
        Map<AnswerKind, Integer> answers = new HashMap<>();
        jdbc.sql(
                        """
                        select answer, reason_code, count(*) as rows from intake_exception
                        where file_id = :fileId group by answer, reason_code
                        """)
                .param("fileId", fileId)
                .query(row -> {
                    answers.put(
                            new AnswerKind(
                                    Answer.valueOf(row.getString("answer")),
                                    ReasonCode.valueOf(row.getString("reason_code"))),
                            row.getInt("rows"));
                });
        return answers;
    }

    /** Changes answers of rows. */
    public void answerAnew(long fileId, Answer answer, List<Integer> positions, List<Reason> reasons) {
        List<Object[]> batch = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            batch.add(new Object[] {
                answer.name(),
                reasons.get(i).code().name(),
                reasons.get(i).arguments().toArray(String[]::new),
                fileId,
                positions.get(i)
            });
        }
        new JdbcTemplate(dataSource)
                .batchUpdate(
                        """
                        update intake_exception set answer = ?, reason_code = ?, reason_arguments = ?
                        where file_id = ? and position = ?
                        """,
                        batch);
    }

    /** Takes out the rows of a file that say again what a row before them said, there or in an earlier file. */
    public List<Related> takeOutRepeated(long fileId) {
        jdbc.sql("analyze agreement_mapping").update();
        List<Related> repeated = related(
                """
                delete from agreement_mapping m using agreement_mapping other, inbound_file f
                where m.file_id = :fileId and other.file_id = :fileId and f.id = :fileId
                  and other.position = (select min(o.position) from agreement_mapping o where o.file_id = :fileId
                                        and o.key = m.key and o.key_type = m.key_type)
                  and other.position < m.position and
                """
                        + IDENTICAL
                        + " returning m.position, m.key_type, m.key, f.name, other.position as other_position",
                fileId);
        List<Related> recorded = related(
                """
                delete from agreement_mapping m using agreement_mapping other, inbound_file f
                where m.file_id = :fileId and other.file_id <> :fileId and f.id = other.file_id
                  and not exists (select 1 from agreement_mapping later
                      where later.source_id = m.source_id and later.key = m.key and later.key_type = m.key_type
                        and later.file_id <> :fileId and later.id > other.id
                        and (later.agreement_id = m.agreement_id
                             or coalesce(later.valid_from, '-infinity') <= coalesce(m.valid_to, 'infinity')
                                and coalesce(m.valid_from, '-infinity') <= coalesce(later.valid_to, 'infinity')))
                  and
                """
                        + IDENTICAL
                        + " returning m.position, m.key_type, m.key, f.name, other.position as other_position",
                fileId);
        List<Related> all = new ArrayList<>(repeated);
        all.addAll(recorded);
        return all;
    }

    /** Takes out the rows of a file that overlap another of its rows for the same key (MR20). */
    public List<Related> takeOutOverlapping(long fileId) {
        return related(
                """
                with overlapping as (
                    select m.id, min(other.position) as other_position
                    from agreement_mapping m join agreement_mapping other
                        on other.file_id = m.file_id and other.key = m.key and other.key_type = m.key_type
                        and other.id <> m.id
                        and coalesce(other.valid_from, '-infinity') <= coalesce(m.valid_to, 'infinity')
                        and coalesce(m.valid_from, '-infinity') <= coalesce(other.valid_to, 'infinity')
                    where m.file_id = :fileId group by m.id)
                delete from agreement_mapping m using overlapping o, inbound_file f
                where m.id = o.id and f.id = m.file_id
                returning m.position, m.key_type, m.key, f.name, o.other_position
                """,
                fileId);
    }

    /** Lets the rows of a file wait that point a key to another agreement than its latest approved row does. */
    public List<Repointed> holdRepointed(InboundFile file) {
        return jdbc.sql(
                        """
                        update agreement_mapping m set approved = false
                        from (select distinct on (key_type, key) key_type, key, agreement_id
                              from agreement_mapping
                              where source_id = :sourceId and approved and file_id <> :fileId
                                and key in (select key from agreement_mapping where file_id = :fileId)
                              order by key_type, key, id desc) latest
                        where m.file_id = :fileId and m.key_type = latest.key_type and m.key = latest.key
                          and m.agreement_id <> latest.agreement_id
                        returning m.id, m.position, latest.agreement_id as before, m.agreement_id as after
                        """)
                .param("sourceId", file.sourceId())
                .param("fileId", file.id())
                .query((row, n) -> new Repointed(
                        row.getLong("id"), row.getInt("position"), row.getString("before"), row.getString("after")))
                .list();
    }

    private List<Related> related(String sql, long fileId) {
        return jdbc.sql(sql)
                .param("fileId", fileId)
                .query((row, n) -> new Related(
                        row.getInt("position"),
                        row.getString("key_type"),
                        row.getString("key"),
                        row.getString("name"),
                        row.getInt("other_position")))
                .list();
    }
}

package org.chargebridge.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.chargebridge.charge.Currency;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which agreement pays for a key: rows of mapping tables, each a delta. Every method works in the caller's
 * transaction.
 */
@Repository
public class AgreementMappings {

    /**
     * A row of a mapping table.
     *
     * @param id 0 until it is stored; a higher one was recorded later
     * @param retryDays empty where the channel's default holds
     * @param approved false while a person has not agreed to another agreement for the key
     */
    public record Mapping(
            long id,
            long fileId,
            int position,
            String keyType,
            String key,
            String agreementId,
            Optional<Currency> currency,
            OptionalInt retryDays,
            Optional<LocalDate> validFrom,
            Optional<LocalDate> validTo,
            boolean approved) {

        public boolean isValidOn(LocalDate date) {
            return validFrom.filter(date::isBefore).isEmpty()
                    && validTo.filter(date::isAfter).isEmpty();
        }
    }

    private final JdbcClient jdbc;

    public AgreementMappings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every row of the source for these keys, in the order of recording. */
    public List<Mapping> rows(String sourceId, Collection<String> keys) {
        return jdbc.sql(
                        """
                        select id, file_id, position, key_type, key, agreement_id, currency, retry_days, valid_from,
                            valid_to, approved
                        from agreement_mapping where source_id = :sourceId and key = any(:keys) order by id
                        """)
                .param("sourceId", sourceId)
                .param("keys", keys.toArray(String[]::new))
                .query(AgreementMappings::mapping)
                .list();
    }

    /**
     * Which positions the source's keys of a type stand for: {@code 3-9} for keys such as {@code 3-9=1234567}, and
     * {@code 1-4} for a plain 1234, which is a beginning.
     */
    public List<String> shapes(String sourceId, String keyType) {
        return jdbc
                .sql(
                        """
                        select distinct split_part(key, '=', 1) as range, length(key) as length,
                            key like '%=%' as ranged
                        from agreement_mapping where source_id = :sourceId and key_type = :keyType
                        """)
                .param("sourceId", sourceId)
                .param("keyType", keyType)
                .query((row, n) -> row.getBoolean("ranged") ? row.getString("range") : "1-" + row.getInt("length"))
                .list()
                .stream()
                .distinct()
                .toList();
    }

    /** The row of that id, if it still waits for approval. */
    public Optional<Mapping> waiting(long id) {
        return jdbc.sql(
                        """
                        select id, file_id, position, key_type, key, agreement_id, currency, retry_days, valid_from,
                            valid_to, approved
                        from agreement_mapping where id = :id and not approved for update
                        """)
                .param("id", id)
                .query(AgreementMappings::mapping)
                .optional();
    }

    public void approve(long id) {
        jdbc.sql("update agreement_mapping set approved = true where id = :id")
                .param("id", id)
                .update();
    }

    /** Forgets a row that a person did not approve. */
    public void reject(long id) {
        jdbc.sql("delete from agreement_mapping where id = :id and not approved")
                .param("id", id)
                .update();
    }

    private static Mapping mapping(ResultSet row, int number) throws SQLException {
        int retryDays = row.getInt("retry_days");
        OptionalInt days = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(retryDays);
        return new Mapping(
                row.getLong("id"),
                row.getLong("file_id"),
                row.getInt("position"),
                row.getString("key_type"),
                row.getString("key"),
                row.getString("agreement_id"),
                Optional.ofNullable(row.getString("currency")).map(Currency::valueOf),
                days,
                LedgerColumns.date(row, "valid_from"),
                LedgerColumns.date(row, "valid_to"),
                row.getBoolean("approved"));
    }
}

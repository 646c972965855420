package org.chargebridge.ledger;

import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whose the agreements of a sales unit are: of every source that offered one, has it in its mapping table or charges it.
 * One that no source has is the merchant's own, and any may name it.
 */
@Repository
public class AgreementOwners {

    /** The index of agreements is read once for each of them; for more than a few the table is read once instead. */
    private static final int FEW = 10;

    private final JdbcClient jdbc;

    public AgreementOwners(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of these agreements that other sources have and this one has not. */
    public Set<String> elsewhere(String sourceId, String msn, Collection<String> agreementIds) {
        if (agreementIds.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(jdbc.sql(
                        """
                        select agreement_id
                        from (select i.agreement_id, f.source_id
                              from %s i join inbound_file f on f.id = i.file_id
                              where i.msn = :msn and i.agreement_id = any(:ids)
                              union
                              select m.agreement_id, m.source_id
                              from agreement_mapping m join inbound_file f on f.id = m.file_id
                              where f.msn = :msn and m.agreement_id = any(:ids) and m.approved
                              union
                              select d.agreement_id, f.source_id
                              from draft d join inbound_file f on f.id = d.file_id
                              where d.msn = :msn and d.agreement_id = any(:ids)) owner
                        group by agreement_id having bool_and(source_id <> :sourceId)
                        """
                                .formatted(agreementIds.size() <= FEW ? "lines_on(:msn, :ids)" : "instruction"))
                .param("msn", msn)
                .param("sourceId", sourceId)
                .param("ids", agreementIds.toArray(String[]::new))
                .query(String.class)
                .list());
    }
}

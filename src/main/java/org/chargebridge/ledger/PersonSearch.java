package org.chargebridge.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Where one person occurs at one ERP company: found by a customer number, a phone number or an agreement. It searches all
 * lines, which takes seconds in a large ledger. Every method works in the caller's transaction.
 */
@Repository
public class PersonSearch {

    /** A line of a file. */
    public record LineOf(long fileId, int position) {}

    /**
     * Where a person occurs.
     *
     * @param customerNumbers under which the ERP knows the person, in the order found
     * @param agreements that are the person's alone
     * @param lines of files, each about the person
     */
    public record Traces(List<String> customerNumbers, List<String> agreements, List<LineOf> lines) {}

    /** Keys by which a mapping table finds a customer, rather than a KID. */
    static final String[] CUSTOMER_KEYS = {"CUSTOMER_NO", "ORG_NO", "GLN", "EMAIL", "MANDATE"};

    private static final String[] LINE_TABLES = {"instruction", "intake_exception", "operation"};

    private final JdbcClient jdbc;

    public PersonSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By the number that the ERP has for the customer. */
    public Traces ofCustomer(String sourceId, String customerNumber) {
        return traces(sourceId, Set.of(customerNumber), ownAgreements(sourceId, Set.of(customerNumber)));
    }

    /** By an agreement: that one and its lines alone. */
    public Traces ofAgreement(String sourceId, String agreementId) {
        return traces(sourceId, Set.of(), Set.of(agreementId));
    }

    /** By the phone number that an agreement was offered to; what is no digit in it does not matter. */
    public Traces ofPhone(String sourceId, String phoneNumber) {
        List<Offer> offers = jdbc.sql(
                        """
                        select o.file_id, o.position, o.customer_number, d.agreement_id
                        from operation o join inbound_file f on f.id = o.file_id
                        left join draft d on d.file_id = o.file_id and d.position = o.position
                        where f.source_id = :source and o.action = 'DRAFT_AGREEMENT'
                          and regexp_replace(o.terms ->> 'phone_number', '\\D', '', 'g') = :digits
                        """)
                .param("source", sourceId)
                .param("digits", phoneNumber.replaceAll("\\D", ""))
                .query((row, number) -> new Offer(
                        new LineOf(row.getLong("file_id"), row.getInt("position")),
                        row.getString("customer_number"),
                        Optional.ofNullable(row.getString("agreement_id"))))
                .list();
        Set<String> numbers = new LinkedHashSet<>();
        Set<String> agreements = new LinkedHashSet<>();
        Set<LineOf> lines = new LinkedHashSet<>();
        for (Offer offer : offers) {
            lines.add(offer.line());
            offer.agreementId().ifPresent(agreements::add);
            if (!offer.customerNumber().isEmpty()) {
                numbers.add(offer.customerNumber());
            }
        }
        agreements.addAll(ownAgreements(sourceId, numbers));
        Traces others = traces(sourceId, numbers, agreements);
        lines.addAll(others.lines());
        return new Traces(others.customerNumbers(), others.agreements(), List.copyOf(lines));
    }

    private record Offer(LineOf line, String customerNumber, Optional<String> agreementId) {}

    /** Of agreements that pay for others, too, the person is not the only one. */
    private List<String> ownAgreements(String sourceId, Set<String> numbers) {
        return jdbc.sql(
                        """
                        select distinct agreement_id from (
                            select agreement_id from agreement_mapping
                            where source_id = :source and key = any(:numbers) and key_type = any(:types)
                            union all
                            select d.agreement_id from draft d
                            join operation o on o.file_id = d.file_id and o.position = d.position
                            join inbound_file f on f.id = o.file_id
                            where f.source_id = :source and o.customer_number = any(:numbers)
                            union all
                            select i.agreement_id from instruction i join inbound_file f on f.id = i.file_id
                            where f.source_id = :source and i.customer_number = any(:numbers)) own
                        where agreement_id <> '' and not exists (
                            select 1 from agreement_mapping m
                            where m.source_id = :source and m.agreement_id = own.agreement_id and m.key_type = any(:types)
                              and m.key <> all(:numbers))
                        order by agreement_id
                        """)
                .param("source", sourceId)
                .param("numbers", numbers.toArray(String[]::new))
                .param("types", CUSTOMER_KEYS)
                .query(String.class)
                .list();
    }

    private Traces traces(String sourceId, Set<String> numbers, Collection<String> agreements) {
        List<LineOf> lines = new ArrayList<>();
        for (String table : LINE_TABLES) {
            lines.addAll(jdbc.sql(
                            """
                            select t.file_id, t.position from %s t join inbound_file f on f.id = t.file_id
                            where f.source_id = :source
                              and (t.customer_number = any(:numbers) or t.agreement_id = any(:agreements))
                            """
                                    .formatted(table))
                    .param("source", sourceId)
                    .param("numbers", numbers.toArray(String[]::new))
                    .param("agreements", agreements.toArray(String[]::new))
                    .query((row, number) -> new LineOf(row.getLong("file_id"), row.getInt("position")))
                    .list());
        }
        return new Traces(
                List.copyOf(numbers),
                List.copyOf(agreements),
                lines.stream().distinct().toList());
    }

    /** Whether there is anything of these agreements and customers but lines. */
    public boolean isKnown(String sourceId, Traces traces) {
        return jdbc.sql(
                        """
                        select exists (select 1 from agreement_mapping where source_id = :source
                                       and (agreement_id = any(:agreements) or key = any(:numbers)))
                            or exists (select 1 from agreement where agreement_id = any(:agreements)
                                       and msn in (select msn from inbound_file where source_id = :source))
                        """)
                .param("source", sourceId)
                .param("agreements", traces.agreements().toArray(String[]::new))
                .param("numbers", traces.customerNumbers().toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }
}

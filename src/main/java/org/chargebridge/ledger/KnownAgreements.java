package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How the agreements of a sales unit stand at the API. Every method works in the caller's transaction. */
@Repository
public class KnownAgreements {

    /** The status of an id that the sales unit does not have. */
    public static final String MISSING = "MISSING";

    /**
     * An agreement as the API showed it; words as received.
     *
     * @param accepted whether the customer is seen to have accepted it, also where it has ended since
     * @param sub who the customer is to Vipps MobilePay; like {@code userinfoUrl} only where the draft asked for a scope
     */
    public record Shown(
            String agreementId,
            String status,
            Optional<String> externalId,
            String pricingType,
            Optional<String> currency,
            Optional<String> productName,
            Optional<String> sub,
            Optional<String> userinfoUrl,
            boolean accepted) {

        private Shown with(String newer) {
            return new Shown(
                    agreementId, newer, externalId, pricingType, currency, productName, sub, userinfoUrl, accepted);
        }
    }

    /** One that stands otherwise than before; {@code before} is empty for one that was not shown before. */
    public record Change(String agreementId, String before, String after, Optional<String> externalId) {}

    /** In which order the API's states come; both ends are final. What else it may say has no place in it. */
    private static final Map<String, Integer> COURSE = Map.of("PENDING", 1, "ACTIVE", 2, "STOPPED", 3, "EXPIRED", 3);

    private final JdbcClient jdbc;
    private final Clock clock;

    public KnownAgreements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The status words of those of these agreements that were shown. */
    public Map<String, String> statuses(String msn, Collection<String> agreementIds) {
        Map<String, String> statuses = new HashMap<>();
        jdbc.sql(
                        """
                        select agreement_id, status from agreement
                        where msn = :msn and agreement_id = any(:ids) and status <> ''
                        """)
                .param("msn", msn)
                .param("ids", agreementIds.toArray(String[]::new))
                .query(row -> {
                    statuses.put(row.getString("agreement_id"), row.getString("status"));
                });
        return statuses;
    }

    /**
     * Records what the API showed. No agreement goes back to an earlier state: what would be one was read before it
     * changed, for example a page of a list that waited while a line stopped the agreement.
     *
     * @param scan the pass over the list that showed it
     * @param imported whether an import asked for it (MR21)
     * @return those that stand otherwise than before
     */
    public List<Change> show(String msn, List<Shown> shown, OptionalLong scan, boolean imported) {
        String[] ids = texts(shown, Shown::agreementId);
        Map<String, String> before = new HashMap<>();
        jdbc.sql(
                        """
                        select agreement_id, status from agreement
                        where msn = :msn and agreement_id = any(:ids) order by agreement_id for update
                        """)
                .param("msn", msn)
                .param("ids", ids)
                .query(row -> {
                    before.put(row.getString("agreement_id"), row.getString("status"));
                });
        List<Shown> latest = shown.stream()
                .map(agreement -> {
                    String was = before.getOrDefault(agreement.agreementId(), "");
                    return isEarlier(agreement.status(), was) ? agreement.with(was) : agreement;
                })
                .toList();
        write(msn, latest, scan, imported);
        List<Change> changes = new ArrayList<>();
        for (Shown agreement : latest) {
            String was = before.getOrDefault(agreement.agreementId(), "");
            if (!was.equals(agreement.status())) {
                changes.add(new Change(agreement.agreementId(), was, agreement.status(), agreement.externalId()));
            }
        }
        return changes;
    }

    private static boolean isEarlier(String status, String than) {
        return COURSE.containsKey(status) && COURSE.containsKey(than) && COURSE.get(status) < COURSE.get(than);
    }

    private void write(String msn, List<Shown> shown, OptionalLong scan, boolean imported) {
        jdbc.sql(
                        """
                        insert into agreement (msn, agreement_id, status, external_id, pricing_type, currency,
                            product_name, sub, userinfo_url, was_active, imported, scan_id, seen_at, changed_at)
                        select distinct on (id) :msn, id, status, external_id, pricing_type, currency, product_name,
                            sub, userinfo_url, accepted, :imported, cast(:scan as bigint), cast(:now as timestamptz), cast(:now as timestamptz)
                        from unnest(:ids, :statuses, :externalIds, :pricingTypes, :currencies, :products, :subs,
                                :userinfoUrls, :accepted)
                            as shown (id, status, external_id, pricing_type, currency, product_name, sub,
                                userinfo_url, accepted)
                        on conflict (msn, agreement_id) do update
                        set status = excluded.status, external_id = excluded.external_id,
                            pricing_type = excluded.pricing_type, currency = excluded.currency,
                            product_name = excluded.product_name, sub = coalesce(excluded.sub, agreement.sub),
                            userinfo_url = coalesce(excluded.userinfo_url, agreement.userinfo_url),
                            imported = agreement.imported or excluded.imported,
                            scan_id = coalesce(excluded.scan_id, agreement.scan_id), seen_at = excluded.seen_at,
                            -- While the customer decides, whoever waits for that goes on asking.
                            next_check_at = case when excluded.status = 'PENDING' then agreement.next_check_at end,
                            was_active = agreement.was_active or agreement.status = 'ACTIVE' or excluded.was_active,
                            changed_at = case when agreement.status = excluded.status then agreement.changed_at
                                              else excluded.changed_at end
                        """)
                .param("msn", msn)
                .param("imported", imported)
                .param("scan", scan.isPresent() ? scan.getAsLong() : null)
                .param("now", SqlTime.of(clock.instant()))
                .param("ids", texts(shown, Shown::agreementId))
                .param("statuses", texts(shown, Shown::status))
                .param(
                        "externalIds",
                        texts(shown, agreement -> agreement.externalId().orElse(null)))
                .param("pricingTypes", texts(shown, Shown::pricingType))
                .param(
                        "currencies",
                        texts(shown, agreement -> agreement.currency().orElse(null)))
                .param(
                        "products",
                        texts(shown, agreement -> agreement.productName().orElse(null)))
                .param("subs", texts(shown, agreement -> agreement.sub().orElse(null)))
                .param(
                        "userinfoUrls",
                        texts(shown, agreement -> agreement.userinfoUrl().orElse(null)))
                .param("accepted", shown.stream().map(Shown::accepted).toArray(Boolean[]::new))
                .update();
    }

    private static String[] texts(List<Shown> shown, Function<Shown, String> text) {
        return shown.stream().map(text).toArray(String[]::new);
    }

    /** The sales unit has no such agreement; one that was shown before keeps its status, for keys may be wrong. */
    public void missing(String msn, String agreementId) {
        jdbc.sql(
                        """
                        update agreement
                        set status = case when seen_at is null then 'MISSING' else status end, next_check_at = null,
                            changed_at = :now
                        where msn = :msn and agreement_id = :id
                        """)
                .param("now", SqlTime.of(clock.instant()))
                .param("msn", msn)
                .param("id", agreementId)
                .update();
    }

    /** Something may have changed: the agreement is looked up at once. */
    public void lookUp(String msn, String agreementId) {
        lookUpAt(msn, agreementId, clock.instant());
    }

    /** The agreement is looked up then. */
    public void lookUpAt(String msn, String agreementId, Instant at) {
        jdbc.sql(
                        """
                        insert into agreement (msn, agreement_id, status, next_check_at, changed_at)
                        values (:msn, :id, '', :at, :now)
                        on conflict (msn, agreement_id) do update set next_check_at = excluded.next_check_at
                        """)
                .param("msn", msn)
                .param("id", agreementId)
                .param("at", SqlTime.of(at))
                .param("now", SqlTime.of(clock.instant()))
                .update();
    }

    /** Agreements to look up now, those that wait longest first. */
    public List<String> due(String msn, int limit) {
        return jdbc.sql(
                        """
                        select agreement_id from agreement where msn = :msn and next_check_at <= :now
                        order by next_check_at, agreement_id limit :limit
                        """)
                .param("msn", msn)
                .param("now", SqlTime.of(clock.instant()))
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /** Whether the agreement was active at any time, as far as it was shown. */
    public boolean wasActive(String msn, String agreementId) {
        return jdbc.sql(
                        """
                        select exists (select 1 from agreement
                            where msn = :msn and agreement_id = :id and (status = 'ACTIVE' or was_active))
                        """)
                .param("msn", msn)
                .param("id", agreementId)
                .query(Boolean.class)
                .single();
    }

    /** An agreement and a channel that charges it, by a line or by its mapping table. */
    public record Charging(String agreementId, String channel) {}

    /** Who charges these agreements. */
    public List<Charging> charging(String msn, Collection<String> agreementIds) {
        return jdbc.sql(
                        """
                        select i.agreement_id, f.channel
                        from lines_on(:msn, :ids) i join inbound_file f on f.id = i.file_id
                        union
                        select m.agreement_id, f.channel from agreement_mapping m join inbound_file f on f.id = m.file_id
                        where m.agreement_id = any(:ids) and f.msn = :msn
                        order by 1, 2
                        """)
                .param("msn", msn)
                .param("ids", agreementIds.toArray(String[]::new))
                .query((row, n) -> new Charging(row.getString("agreement_id"), row.getString("channel")))
                .list();
    }
}

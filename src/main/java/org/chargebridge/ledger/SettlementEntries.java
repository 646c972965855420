package org.chargebridge.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.chargebridge.charge.EntryType;
import org.chargebridge.ledger.SettlementFeeds.Feed;
import org.chargebridge.ledger.SettlementFeeds.Topic;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What settlement ledgers hold, as the API wrote it; and which of our charges an entry belongs to. */
@Repository
public class SettlementEntries {

    /**
     * One movement of money; amounts are signed minor units.
     *
     * @param entryType the API's word
     * @param msn the sales unit that the handle names, empty for none; in the ledger it becomes that of its charge
     */
    public record Entry(
            String pspReference,
            Instant occurredAt,
            LocalDate ledgerDate,
            String entryType,
            String reference,
            String currency,
            long amountMinor,
            OptionalLong balanceBefore,
            OptionalLong balanceAfter,
            String recipientHandle,
            String msn) {}

    /** A payout among new entries. */
    public record Payout(long number, Entry entry, LocalDate bankDate) {}

    private static final String COLUMNS =
            "settlement_entry (ledger_id, topic, number, ledger_date, occurred_at, entry_type,"
                    + " psp_reference, reference, currency, amount_minor, balance_before, balance_after, recipient_handle, msn, read_at)";

    /**
     * By the API's own id, by what the settlement shows instead of the order id, and by the order id; always of the
     * entry's own sales unit. A line that was refused and replaced is none that money came for. A charge that took the
     * place of another has an order id that no line has, and what is paid back of it another id of the API. The API may name
     * no sales unit: then it is one of those that settle on the ledger, if they have one such charge among them.
     */
    private static final String MATCH =
            """
            update settlement_entry e
            set file_id = found.file_id, position = found.position, channel = f.channel, matched_by = found.matched_by,
                msn = found.msn
            from (
                select distinct on (u.topic, u.number) u.topic, u.number, unit.msn, hit.file_id, hit.position, hit.matched_by
                from settlement_entry u
                join settlement_ledger l on l.ledger_id = u.ledger_id
                cross join lateral unnest(case when u.recipient_handle = '' and u.entry_type = any(:ofACharge)
                    then l.handles else array[u.msn] end) as unit(msn)
                cross join lateral (
                    select c.file_id, c.position, 'PSP_REFERENCE' as matched_by, 1 as choice
                    from charge c where c.msn = unit.msn and c.transaction_id = u.psp_reference and u.psp_reference <> ''
                    union all
                    select i.file_id, i.position, 'EXTERNAL_ID', 2
                    from instruction i
                    where i.msn = unit.msn and i.external_id = u.reference and not i.replaced and u.reference <> ''
                      and (u.msn = unit.msn or not exists (select 1 from instruction other
                          where other.msn = any(l.handles) and other.msn <> unit.msn and other.external_id = u.reference
                            and not other.replaced))
                    union all
                    select i.file_id, i.position, 'ORDER_ID', 3
                    from instruction i
                    where i.order_id = u.reference and i.msn = unit.msn and not i.replaced and u.reference <> ''
                    union all
                    select c.file_id, c.position, 'ORDER_ID', 4
                    from charge c where c.order_id = u.reference and c.msn = unit.msn and u.reference <> '') hit
                where u.ledger_id = :ledgerId and u.topic = any(:topics) and u.number > :after and u.file_id is null
                  and u.ledger_date >= :from and (:after > 0 or not exists (select 1 from settlement_report_entry r
                      where r.ledger_id = u.ledger_id and r.topic = u.topic and r.number = u.number))
                order by u.topic, u.number, hit.choice) found
            join inbound_file f on f.id = found.file_id
            where e.ledger_id = :ledgerId and e.topic = found.topic and e.number = found.number
            """;

    private final DataSource dataSource;
    private final Clock clock;
    private final JdbcClient jdbc;

    public SettlementEntries(DataSource dataSource, Clock clock) {
        this.clock = clock;
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Which of the entries of a page were read before, or stand in the page a second time: the same movement at the same time
     * between the same balances. Where the API tells no balances its own id does, which a movement of the funds has for itself.
     * What goes on from the balance of the entry that counts before it in the page is a movement of its own, as where the same
     * sum goes back and forth. What moves nothing and has no id of its own, and a fee or what has no id without balances, cannot
     * be told apart and is taken as it comes.
     *
     * @return their places in the page
     */
    public Set<Integer> again(Feed feed, List<Entry> entries) {
        Map<List<Object>, List<Integer>> places = new HashMap<>();
        Set<Integer> again = new TreeSet<>();
        OptionalLong balance = OptionalLong.empty();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (isKnownAgain(feed, entry)) {
                List<Integer> same = places.computeIfAbsent(movement(entry), first -> new ArrayList<>());
                if (!same.isEmpty() && !goesOn(balance, entry)) {
                    again.add(i);
                }
                same.add(i);
            }
            if (!again.contains(i)) {
                balance = entry.balanceAfter();
            }
        }
        if (!places.isEmpty()) {
            jdbc
                    .sql(
                            """
                            select ledger_date, occurred_at, psp_reference, entry_type, amount_minor, balance_before,
                                balance_after
                            from settlement_entry
                            where psp_reference = any(:references) and ledger_id = :ledgerId and topic = :topic
                            """)
                    .param(
                            "references",
                            entries.stream()
                                    .map(entry -> clean(entry.pspReference()))
                                    .distinct()
                                    .toArray(String[]::new))
                    .param("ledgerId", feed.ledgerId())
                    .param("topic", feed.topic().name())
                    .query((row, number) -> List.<Object>of(
                            row.getObject("ledger_date", LocalDate.class),
                            row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                            row.getString("psp_reference"),
                            row.getString("entry_type"),
                            row.getLong("amount_minor"),
                            LedgerColumns.number(row, "balance_before"),
                            LedgerColumns.number(row, "balance_after")))
                    .stream()
                    .forEach(known -> again.addAll(places.getOrDefault(known, List.of())));
        }
        return again;
    }

    private static boolean goesOn(OptionalLong balance, Entry entry) {
        return entry.amountMinor() != 0
                && entry.balanceBefore().isPresent()
                && entry.balanceBefore().equals(balance);
    }

    private static boolean isKnownAgain(Feed feed, Entry entry) {
        boolean balances =
                entry.balanceBefore().isPresent() && entry.balanceAfter().isPresent();
        boolean ownId = feed.topic() == Topic.FUNDS && !entry.pspReference().isEmpty();
        return ownId || balances && entry.amountMinor() != 0;
    }

    private static List<Object> movement(Entry entry) {
        return List.of(
                entry.ledgerDate(),
                kept(entry.occurredAt()),
                clean(entry.pspReference()),
                clean(entry.entryType()),
                entry.amountMinor(),
                entry.balanceBefore(),
                entry.balanceAfter());
    }

    /**
     * Writes a page and finds the charges of its entries, in the caller's transaction.
     *
     * @param feed as it was before the page
     * @param payouts those among the entries, in their order
     * @param zone in which days of the ledger begin
     */
    public void append(Feed feed, List<Entry> entries, List<Payout> payouts, ZoneId zone) {
        if (entries.isEmpty()) {
            return;
        }
        CopyRows rows = new CopyRows(COLUMNS);
        long number = feed.lastNumber();
        Instant readAt = clock.instant();
        for (Entry entry : entries) {
            number++;
            row(rows, feed, number, entry, readAt);
        }
        rows.write(dataSource);
        match(feed.ledgerId(), new String[] {feed.topic().name()}, feed.lastNumber(), LocalDate.EPOCH);
        payouts.forEach(payout -> insert(feed.ledgerId(), payout));
        openDates(feed, zone);
    }

    private static void row(CopyRows rows, Feed feed, long number, Entry entry, Instant readAt) {
        rows.text(feed.ledgerId())
                .text(feed.topic().name())
                .number(number)
                .text(entry.ledgerDate().toString())
                .text(kept(entry.occurredAt()).toString())
                .text(clean(entry.entryType()))
                .text(clean(entry.pspReference()))
                .text(clean(entry.reference()))
                .text(clean(entry.currency()))
                .number(entry.amountMinor());
        balance(rows, entry.balanceBefore());
        balance(rows, entry.balanceAfter());
        rows.text(clean(entry.recipientHandle()))
                .text(clean(entry.msn()))
                .text(readAt.toString())
                .end();
    }

    /** PostgreSQL keeps a millionth of a second. */
    private static Instant kept(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** PostgreSQL keeps every character but this one. */
    private static String clean(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    private static void balance(CopyRows rows, OptionalLong balance) {
        if (balance.isPresent()) {
            rows.number(balance.getAsLong());
        } else {
            rows.absent();
        }
    }

    private void match(String ledgerId, String[] topics, long after, LocalDate from) {
        PlannedAnew.in(jdbc);
        jdbc.sql(MATCH)
                .param("ofACharge", EntryType.words(EntryType::isOfACharge).toArray(String[]::new))
                .param("from", from)
                .param("ledgerId", ledgerId)
                .param("topics", topics)
                .param("after", after)
                .update();
    }

    /**
     * Looks once more for charges that were not known when their entries came, in the caller's transaction.
     *
     * @param from of entries from that day on which no report has told
     */
    public void matchLate(String ledgerId, LocalDate from) {
        match(ledgerId, new String[] {Topic.FUNDS.name(), Topic.FEES.name()}, 0, from);
    }

    private void insert(String ledgerId, Payout payout) {
        Entry entry = payout.entry();
        jdbc.sql(
                        """
                        insert into settlement_payout (ledger_id, payout_id, first_number, number, ledger_date, bank_date,
                            bank_text, amount_minor)
                        select :ledgerId, :payoutId, 1 + coalesce(max(number), 0), :number, :ledgerDate, :bankDate,
                            :bankText, :amount
                        from settlement_payout where ledger_id = :ledgerId
                        """)
                .param("ledgerId", ledgerId)
                .param("payoutId", clean(entry.pspReference()))
                .param("number", payout.number())
                .param("ledgerDate", entry.ledgerDate())
                .param("bankDate", payout.bankDate())
                .param("bankText", clean(entry.reference()))
                .param("amount", Math.negateExact(entry.amountMinor()))
                .update();
    }

    /** A day that has entries is asked about once it is over. */
    private void openDates(Feed feed, ZoneId zone) {
        jdbc.sql(
                        """
                        insert into settlement_date (ledger_id, topic, ledger_date, next_attempt_at)
                        select distinct e.ledger_id, e.topic, e.ledger_date,
                            (e.ledger_date + 1)::timestamp at time zone :zone
                        from settlement_entry e
                        where e.ledger_id = :ledgerId and e.topic = :topic and e.number > :after
                        on conflict do nothing
                        """)
                .param("zone", zone.getId())
                .param("ledgerId", feed.ledgerId())
                .param("topic", feed.topic().name())
                .param("after", feed.lastNumber())
                .update();
    }

    /** Whether a word means that money goes to the bank. */
    public static boolean isPayout(Entry entry) {
        return EntryType.of(entry.entryType()) == EntryType.PAYOUT_SCHEDULED;
    }
}

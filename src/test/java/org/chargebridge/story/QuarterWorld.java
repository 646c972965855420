package org.chargebridge.story;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.chargebridge.simulator.api.Agreement;
import org.chargebridge.simulator.api.Merchant;
import org.chargebridge.simulator.api.SettlementTerms;
import org.chargebridge.simulator.api.Settlements;

/**
 * Four sales units in three currencies, two of them paid out together, with a channel each that hears of its settlements
 * in its own way.
 */
final class QuarterWorld implements AutoCloseable {

    /** A channel with its sales unit; {@code share} is its part of all charges, in percent. */
    record Company(String channel, Merchant unit, int share, String posting, List<String> information) {

        String ledgerId() {
            return unit.equals(Surroundings.SECOND) ? "3" + Merchant.DEMO.msn() : "3" + unit.msn();
        }

        boolean hears(String kind) {
            return posting.equals(kind) || information.contains(kind);
        }

        boolean owner() {
            return !unit.equals(Surroundings.SECOND);
        }
    }

    static final Company VISMA = new Company("visma", Merchant.DEMO, 35, "payout", List.of("date", "month"));
    static final Company FIBER = new Company("fiber", Surroundings.SECOND, 25, "payout", List.of("date"));
    static final Company DANSK = new Company(
            "dansk", new Merchant("222222", "dk-id", "dk-secret", "dk-key", "DKK"), 20, "date", List.of("payout"));
    static final Company SUOMI = new Company(
            "suomi",
            new Merchant("333333", "fi-id", "fi-secret", "fi-key", "EUR"),
            20,
            "month",
            List.of("date", "payout"));
    static final List<Company> ALL = List.of(VISMA, FIBER, DANSK, SUOMI);

    private static final int AGREEMENTS = 100;

    private final Surroundings world;
    private final int charges;
    private int created;

    QuarterWorld(Path home, String now, int charges) {
        this.charges = charges;
        world = new Surroundings(
                home, now, settings -> settings.withMerchants(VISMA.unit(), FIBER.unit(), DANSK.unit(), SUOMI.unit())
                        .withSettlement(SettlementTerms.usual()
                                .withTogether(VISMA.unit().msn(), FIBER.unit().msn())));
        world.simulator().seed(agreements("DKK"));
        world.simulator().seed(agreements("EUR"));
        world.set("chargebridge.settlement.schedule", "0/1 * * * * ?")
                .set("chargebridge.settlement.read-interval", "1s")
                .set("chargebridge.settlement.date-interval", "1s")
                .set("chargebridge.reporting.poll-interval", "300ms")
                .set("chargebridge.delivery.poll-interval", "200ms");
        ALL.forEach(this::configure);
    }

    private static List<Agreement> agreements(String currency) {
        return IntStream.rangeClosed(1, AGREEMENTS)
                .mapToObj(number -> Agreement.active(agreement(currency, number), currency))
                .toList();
    }

    private static String agreement(String currency, int number) {
        return "agr_" + (currency.equals("NOK") ? "demo" : currency.toLowerCase(Locale.ROOT))
                + "%04d".formatted(number);
    }

    private void configure(Company company) {
        // The first sales unit is set up with the surroundings.
        String unit = company.equals(VISMA) ? "main" : company.channel();
        world.salesUnit(unit, company.unit()).channel(company.channel(), unit);
        String prefix = "chargebridge.channels." + company.channel() + ".";
        world.set(prefix + "max-per-file", "90000000.00");
        world.set(prefix + "settlement.from", "2026-01-01");
        world.set(prefix + "settlement.schedule", "0/1 * * * * ?");
        world.set(prefix + "settlement.period", company.posting());
        world.set(prefix + "settlement.ledger-owner", Boolean.toString(company.owner()));
        for (int i = 0; i < company.information().size(); i++) {
            world.set(
                    prefix + "settlement.information[" + i + "]",
                    "csv " + company.information().get(i));
        }
    }

    QuarterWorld start() {
        world.start();
        return this;
    }

    void restart() {
        world.stop();
        world.start();
    }

    /** Each company's invoices of a month, due on several of its days. */
    void invoice(String month, List<Integer> days) {
        for (Company company : ALL) {
            int count = charges / 3 * company.share() / 100;
            StringBuilder text = new StringBuilder(
                    "invoice_number;customer_number;agreement_id;kid;amount;currency;due_date;description\n");
            for (int number = 1; number <= count; number++) {
                String invoice = company.channel().toUpperCase(Locale.ROOT) + month.substring(5) + "-" + number;
                text.append("%s;C%d;%s;;%d,%02d;%s;%s-%02d;Invoice %s\n"
                        .formatted(
                                invoice,
                                number,
                                agreement(company.unit().currency(), 1 + number % AGREEMENTS),
                                50 + number * 37 % 900,
                                number % 100,
                                company.unit().currency(),
                                month,
                                days.get(number % days.size()),
                                invoice));
            }
            world.leave(company.channel(), "invoices-" + month + ".csv", text.toString());
            created += count;
        }
        await(
                "all charges are confirmed",
                () -> count("select count(*) from charge where seen_at is not null") == created
                        && world.simulator().summary().created() == created);
    }

    /** Time passes, and everything that was settled by then is read and reported. */
    void moveTo(String day) {
        world.simulator().moveTo(Instant.parse(day + "T07:00:00Z"));
        await("all is read and told by " + day, () -> isTold(LocalDate.parse(day)));
    }

    private boolean isTold(LocalDate today) {
        for (Settlements.LedgerView ledger : books().ledgers()) {
            long entries = books().entries(ledger.ledgerId(), "funds").size();
            long read = count("select coalesce(sum(last_number), 0) from settlement_feed where topic = 'FUNDS'"
                    + " and ledger_id = '" + ledger.ledgerId() + "'");
            if (read != entries) {
                return false;
            }
        }
        // In this order: what is told is delivered afterwards.
        return ALL.stream().allMatch(company -> isTold(company, today))
                && count("select count(*) from outbound_file where kind = 'SETTLEMENT' and state <> 'DELIVERED'") == 0;
    }

    private boolean isTold(Company company, LocalDate today) {
        String ledger = "ledger_id = '" + company.ledgerId() + "'";
        String untold = " and not exists (select 1 from settlement_report where channel = '" + company.channel() + "'";
        String payouts =
                "select count(*) from settlement_payout p where " + ledger + untold + " and payout_number >= p.number)";
        String days = "select count(*) from settlement_date d where topic = 'FUNDS' and " + ledger + untold
                + " and period = 'DATE' and last_date >= d.ledger_date)";
        String months = "select count(*) from settlement_date d where topic = 'FUNDS' and " + ledger
                + " and date_trunc('month', ledger_date) <"
                + " date_trunc('month', date '" + today + "')" + untold
                + " and period = 'MONTH' and last_date >= d.ledger_date)";
        return (!company.hears("payout") || count(payouts) == 0)
                && (!company.hears("date") || count(days) == 0)
                && (!company.hears("month") || count(months) == 0);
    }

    private long count(String sql) {
        return world.ledger().sql(sql).query(Long.class).single();
    }

    /** Looks seldom: what it looks at grows with the quarter, and is at work meanwhile. */
    private void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInterval(Duration.ofMillis(500))
                .atMost(Surroundings.PATIENCE.plusMillis(charges * 10L))
                .until(condition);
    }

    Settlements books() {
        return world.simulator().settlements();
    }

    /** Pays back a part of some charges, in the portal. */
    void refund(Company company, int every, int amountMinor) {
        List<String> paid = new ArrayList<>(world.simulator()
                .charges()
                .filter(charge -> charge.orderId().startsWith(company.channel() + "-"))
                .filter(charge -> String.valueOf(charge.status()).equals("CHARGED"))
                .map(charge -> charge.orderId())
                .sorted()
                .toList());
        for (int i = 0; i < paid.size(); i += every) {
            world.simulator().portal().refund(paid.get(i), amountMinor);
        }
    }

    /** Something that comes of no call of the API. */
    void entry(Company company, String type, long amountMinor, String day, String reference, boolean ofTheUnit) {
        books().add(
                        company.ledgerId(),
                        "funds",
                        type,
                        amountMinor,
                        day.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(day)),
                        reference,
                        ofTheUnit ? company.unit().msn() : "");
    }

    Path in(Company company) {
        return world.in(company.channel());
    }

    @Override
    public void close() {
        world.close();
    }
}

package org.chargebridge.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.chargebridge.charge.DocumentIdentity;
import org.chargebridge.charge.OrderId;
import org.chargebridge.simulator.api.FaultRule;
import org.chargebridge.simulator.api.Merchant;
import org.chargebridge.simulator.api.RecurringApiSimulator;
import org.chargebridge.simulator.api.SimulatorSettings;
import org.chargebridge.story.InvoiceFile;
import org.chargebridge.story.Surroundings;

/**
 * A whole gateway with several sales units, each with a channel of its own name, and an API that fails for one of them
 * when it is told to. What it says at the end of a scenario comes from the simulator's own account.
 */
final class FaultyWorld implements AutoCloseable {

    /** Far beyond what scenarios move the clock by. */
    static final String DUE = "2027-01-15";

    private static final String NOW = "2026-11-02T07:00:00Z";

    private final Surroundings around;
    private final Path log;
    private final Map<String, Merchant> merchants = new LinkedHashMap<>();
    private final Alarms alarms = new Alarms();

    /** @param units names of sales units, each in Norway or, as {@code name:EUR}, in another market */
    FaultyWorld(Path home, String... units) {
        this(home, UnaryOperator.identity(), units);
    }

    FaultyWorld(Path home, UnaryOperator<SimulatorSettings> change, String... units) {
        for (String unit : units) {
            String name = unit.replaceFirst(":.*", "");
            String currency = unit.contains(":") ? unit.replaceFirst(".*:", "") : "NOK";
            String msn = String.valueOf(20_001 + merchants.size());
            merchants.put(name, new Merchant(msn, "id-" + name, "secret-" + name, "key-" + name, currency));
        }
        List<Merchant> all = new ArrayList<>(List.of(Merchant.DEMO));
        all.addAll(merchants.values());
        around = new Surroundings(
                home, NOW, settings -> change.apply(settings.withMerchants(all.toArray(Merchant[]::new))));
        log = home.resolve("simulator").resolve("simulator.log.jsonl");
        merchants.forEach((unit, merchant) -> around.salesUnit(unit, merchant).channel(unit, unit));
        around.set("chargebridge.tracking.failure-pause", "1s");
    }

    FaultyWorld start() {
        around.start();
        alarms.listen();
        return this;
    }

    Surroundings around() {
        return around;
    }

    RecurringApiSimulator api() {
        return around.simulator();
    }

    Merchant merchant(String unit) {
        return merchants.get(unit);
    }

    String msn(String unit) {
        return merchants.get(unit).msn();
    }

    /** Lets the API fail for one sales unit. */
    FaultyWorld fault(String unit, FaultRule rule) {
        api().addFaults(List.of(rule.withMsn(msn(unit))));
        return this;
    }

    void leave(String unit, String file, InvoiceFile content) {
        around.leave(unit, file + ".csv", content.toString());
    }

    /** Leaves a file with that many charges and waits for its receipt. */
    void send(String unit, String file, int lines) {
        leave(unit, file, new InvoiceFile().lines(file.toUpperCase(java.util.Locale.ROOT), lines, DUE));
        around.awaitFile(unit, "receipt-" + file + "-");
    }

    void pass(Duration time) {
        api().advance(time);
    }

    /** Moves the clock on by steps until it is so, giving the gateway a moment after each. */
    void passUntil(String what, Duration step, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Surroundings.PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    if (condition.call()) {
                        return true;
                    }
                    pass(step);
                    return false;
                });
    }

    void await(String what, Callable<Boolean> condition) {
        Surroundings.await(what, condition);
    }

    Calls calls(String unit) {
        return Calls.of(log, msn(unit));
    }

    List<String> alarms(String unit) {
        return alarms.naming("ales unit " + msn(unit));
    }

    Alarms alarms() {
        return alarms;
    }

    static String orderId(String unit, String invoice) {
        return OrderId.of(new DocumentIdentity(unit, "", "", invoice, 1)).value();
    }

    /** How many charges of the sales unit the API has. */
    long charged(String unit) {
        return api().charges().filter(charge -> charge.msn().equals(msn(unit))).count();
    }

    long count(String unit, String sql) {
        return around.ledger()
                .sql(sql)
                .param("msn", msn(unit))
                .query(Long.class)
                .single();
    }

    /** Lines of the unit whose charge has this status in the ledger. */
    long inStatus(String unit, String status) {
        return around.ledger()
                .sql("select count(*) from charge where msn = :msn and status = :status")
                .param("msn", msn(unit))
                .param("status", status)
                .query(Long.class)
                .single();
    }

    /** Lines that the API has shown to exist. */
    long confirmed(String unit) {
        return count(unit, "select count(*) from charge where msn = :msn and seen_at is not null and status <> 'HELD'");
    }

    long accepted(String unit) {
        return count(
                unit,
                """
                select coalesce(sum(line_count), 0)::bigint from dispatch where msn = :msn and state = 'ACCEPTED'
                """);
    }

    /**
     * Nothing is lost and nobody is charged twice: every line that was taken in is one charge at the API with its own
     * amount, agreement and date, but for those refused or held; the API has none besides.
     */
    void assertEachLineIsOneCharge(String unit) {
        Map<String, String> asked = new LinkedHashMap<>();
        around.ledger()
                .sql(
                        """
                        select i.order_id, i.agreement_id || ' ' || i.amount_minor || ' ' || i.effective_due as asked
                        from instruction i left join charge c on c.file_id = i.file_id and c.position = i.position
                        where i.msn = :msn and i.action = 'CHARGE' and coalesce(c.status, '') not in ('REFUSED', 'HELD')
                        """)
                .param("msn", msn(unit))
                .query((row, n) -> asked.put(row.getString("order_id"), row.getString("asked")))
                .list();
        Map<String, String> made = new LinkedHashMap<>();
        api().charges()
                .filter(charge -> charge.msn().equals(msn(unit)))
                .forEach(charge ->
                        made.put(charge.orderId(), charge.agreementId() + " " + charge.amount() + " " + charge.due()));
        assertThat(made).as("charges of %s at the API", unit).containsAllEntriesOf(asked);
        assertThat(made.size() - asked.size())
                .as("charges of %s that nobody asked for", unit)
                .isZero();
    }

    @Override
    public void close() {
        alarms.leave();
        around.close();
    }
}

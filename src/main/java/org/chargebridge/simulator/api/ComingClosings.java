package org.chargebridge.simulator.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Days of settlement ledgers that close at midnight of their market. */
final class ComingClosings implements Coming {

    private final Engine engine;

    ComingClosings(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Optional<Instant> next() {
        return engine.books().settlements().all().stream()
                .flatMap(ledger -> ledger.nextClosing().stream())
                .min(Instant::compareTo);
    }

    @Override
    public void happen(Instant at) {
        List<LedgerAccount> due = engine.books().settlements().all().stream()
                .filter(ledger -> ledger.nextClosing().equals(Optional.of(at)))
                .toList();
        for (LedgerAccount ledger : due) {
            engine.record(
                    Json.object()
                            .put("op", "settlement-closed")
                            .put("ledger", ledger.id())
                            .put("day", ledger.closesNext().orElseThrow().toString()),
                    at);
        }
    }
}

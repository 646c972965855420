package org.chargebridge.simulator.api;

import java.time.Instant;
import java.util.Optional;

/** Drafts that nobody accepted in time expire. */
final class ComingExpiries implements Coming {

    private final Engine engine;
    private final AgreementBook book;

    ComingExpiries(Engine engine) {
        this.engine = engine;
        this.book = engine.books().agreements();
    }

    @Override
    public Optional<Instant> next() {
        return book.expiries().next();
    }

    @Override
    public void happen(Instant at) {
        for (String id : book.expiries().take()) {
            AgreementAccount account = book.find(id).orElseThrow();
            if (account.agreement().status() == Agreement.Status.PENDING) {
                engine.record(AgreementMoves.expire(account), at);
            }
        }
    }
}

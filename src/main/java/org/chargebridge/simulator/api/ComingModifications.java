package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** Captures, cancellations and refunds that were answered 202 take effect. */
final class ComingModifications implements Coming {

    private final Engine engine;
    private final ChargeBook books;

    ComingModifications(Engine engine) {
        this.engine = engine;
        this.books = engine.books().chargeBook();
    }

    @Override
    public Optional<Instant> next() {
        return books.accepted().next();
    }

    @Override
    public void happen(Instant at) {
        for (ChargeBook.Accepted accepted : books.accepted().take()) {
            if (books.underWay(accepted.charge()).equals(Optional.of(accepted))) {
                engine.record(line(accepted, at), at);
            }
        }
    }

    /** The charge may have changed meanwhile: then the attempt shows in its history and nothing else happens. */
    private static ObjectNode line(ChargeBook.Accepted accepted, Instant at) {
        boolean refused =
                ChargeMoves.refused(accepted.charge(), accepted.wish(), at).isPresent();
        ObjectNode line = refused
                ? ChargeMoves.failedLine(accepted.charge(), accepted.wish(), accepted.key())
                : ChargeMoves.line(accepted.charge(), accepted.wish(), Optional.of(accepted.key()));
        return line.put("accepted", true);
    }
}

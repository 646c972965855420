package org.chargebridge.reporting.settlement;

import java.io.IOException;
import java.io.OutputStream;

/** Writes settlement reports in one format. The same content always gives the same bytes; memory does not grow with it. */
public interface SettlementWriter {

    /** Writes a whole file; the stream is flushed and stays open. */
    void write(SettlementContent content, OutputStream out) throws IOException;
}

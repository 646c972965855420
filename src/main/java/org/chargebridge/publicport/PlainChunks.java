package org.chargebridge.publicport;

import org.apache.catalina.connector.Connector;

/** Bodies that come in chunks, without what may stand beside those and nobody uses: the server waits for it in one go, however slowly it comes. */
public final class PlainChunks {

    /** Bytes of the line end behind the last chunk: with less no body would ever come to its end. */
    private static final String NOTHING_MORE = "2";

    private PlainChunks() {}

    public static void only(Connector port) {
        port.setProperty("maxExtensionSize", "0");
        port.setProperty("maxTrailerSize", NOTHING_MORE);
    }
}

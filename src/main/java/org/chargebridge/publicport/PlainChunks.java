package org.chargebridge.publicport;

import org.apache.catalina.connector.Connector;

/** Bodies that come in chunks, without what may stand beside those and nobody uses: the server waits for it in one go, however slowly it comes. */
public final class PlainChunks {

    private PlainChunks() {}

    public static void only(Connector port) {
        port.setProperty("maxExtensionSize", "0");
        port.setProperty("maxTrailerSize", "0");
    }
}

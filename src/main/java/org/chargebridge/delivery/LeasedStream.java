package org.chargebridge.delivery;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.chargebridge.killpoint.Killpoint;

/** Tells of every piece that is read from it. */
final class LeasedStream extends FilterInputStream {

    private final RemoteServer.Progress progress;
    private boolean begun;

    LeasedStream(InputStream in, RemoteServer.Progress progress) {
        super(in);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        progress.moved();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        progress.moved();
        if (begun) {
            Killpoint.at("delivery.mid-upload");
        }
        begun = true;
        return super.read(bytes, offset, length);
    }
}

package org.chargebridge.intake.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body, which ends only where its sender ended it, and is at most so long. */
final class CallerBody extends FilterInputStream {

    /** The sender broke off, or paused for too long. */
    static final class Broken extends IOException {
        private static final long serialVersionUID = 1L;

        Broken(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** The body is longer than is taken. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final long announced;
    private final long most;
    private long read;

    /** @param announced the length that was announced; below 0 where none was */
    CallerBody(InputStream body, long announced, long most) {
        super(body);
        this.announced = announced;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? count : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count;
        try {
            count = super.read(bytes, offset, length);
        } catch (IOException e) {
            throw new Broken("the body broke off after " + read + " bytes", e);
        }
        read += Math.max(count, 0);
        if (read > most) {
            throw new TooLong();
        }
        if (count < 0 && announced >= 0 && read != announced) {
            throw new Broken("the body ended after " + read + " of " + announced + " bytes", null);
        }
        return count;
    }

    /** The server closes it. */
    @Override
    public void close() {}
}

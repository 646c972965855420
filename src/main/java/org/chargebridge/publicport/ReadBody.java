package org.chargebridge.publicport;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A request's body, read before anybody is bothered with it, and never more of it than is allowed. */
record ReadBody(byte[] bytes, End end) {

    /** How reading ended. */
    enum End {
        WHOLE,
        TOO_LONG,
        TOO_SLOW
    }

    /** A sender that drips holds a thread no longer than this. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int AT_ONCE = 8 * 1024;

    /** @throws IOException where the connection breaks or is silent for too long */
    static ReadBody of(InputStream in, int bodyMax) throws IOException {
        long started = System.nanoTime();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] some = new byte[AT_ONCE];
        for (int count = in.read(some); count >= 0; count = in.read(some)) {
            read.write(some, 0, count);
            if (read.size() > bodyMax) {
                return new ReadBody(new byte[0], End.TOO_LONG);
            }
            if (System.nanoTime() - started > PATIENCE.toNanos()) {
                return new ReadBody(new byte[0], End.TOO_SLOW);
            }
        }
        return new ReadBody(read.toByteArray(), End.WHOLE);
    }

    /** The same request with this body still to be read. */
    HttpServletRequest in(HttpServletRequest request) {
        return new HttpServletRequestWrapper(request) {

            @Override
            public ServletInputStream getInputStream() {
                return new Again(new ByteArrayInputStream(bytes));
            }

            @Override
            public BufferedReader getReader() {
                return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
            }
        };
    }

    private static final class Again extends ServletInputStream {

        private final ByteArrayInputStream content;

        private Again(ByteArrayInputStream content) {
            this.content = content;
        }

        @Override
        public int read() {
            return content.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return content.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return content.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("read at once: everything is there");
        }
    }
}

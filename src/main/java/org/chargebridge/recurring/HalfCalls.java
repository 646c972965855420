package org.chargebridge.recurring;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.chargebridge.killpoint.Killpoint;

/** The kill points in the middle of a create's bytes; calls are left as they are unless one is armed. */
final class HalfCalls {

    private HalfCalls() {}

    static void onTheWayOut(ClassicHttpRequest request) {
        if (Killpoint.isArmed() && request.getEntity() != null) {
            request.setEntity(new HalfWritten(request.getEntity()));
        }
    }

    static void onTheWayBack(ClassicHttpResponse response) {
        Killpoint.at("send.after-call-before-read");
        if (Killpoint.isArmed() && response.getEntity() != null) {
            response.setEntity(new HalfRead(response.getEntity()));
        }
    }

    private static long half(HttpEntity entity) {
        return Math.max(1, entity.getContentLength() / 2);
    }

    private static final class HalfWritten extends HttpEntityWrapper {

        HalfWritten(HttpEntity entity) {
            super(entity);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            super.writeTo(new HalfOutput(out, half(this)));
        }
    }

    private static final class HalfOutput extends FilterOutputStream {

        private long left;

        HalfOutput(OutputStream out, long half) {
            super(out);
            this.left = half;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int first = (int) Math.min(left, length);
            out.write(bytes, offset, first);
            left -= first;
            if (first > 0 && left == 0) {
                out.flush();
                Killpoint.at("send.request-half-written");
            }
            out.write(bytes, offset + first, length - first);
        }
    }

    private static final class HalfRead extends HttpEntityWrapper {

        HalfRead(HttpEntity entity) {
            super(entity);
        }

        @Override
        public InputStream getContent() throws IOException {
            return new HalfInput(super.getContent(), half(this));
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (InputStream content = getContent()) {
                content.transferTo(out);
            }
        }
    }

    private static final class HalfInput extends FilterInputStream {

        private long left;

        HalfInput(InputStream in, long half) {
            super(in);
            this.left = half;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, left > 0 ? (int) Math.min(left, length) : length);
            if (count > 0 && left > 0) {
                left -= count;
                if (left == 0) {
                    Killpoint.at("send.response-half-read");
                }
            }
            return count;
        }
    }
}

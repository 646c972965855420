package org.chargebridge.recurring;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** One call on its way: whether anything of it was written, and how it ends; its end is told once. */
final class ApiCall {

    /** A batch refused charge by charge is about 1 MiB. */
    private static final long ANSWER_MAX = 32L * 1024 * 1024;

    private final String msn;
    private final ApiOperation operation;
    private final CallLimit.Running running;
    private final CallObserver observer;
    private boolean written;
    private boolean ended;

    ApiCall(String msn, ApiOperation operation, CallLimit.Running running, CallObserver observer) {
        this.msn = msn;
        this.operation = operation;
        this.running = running;
        this.observer = observer;
    }

    String msn() {
        return msn;
    }

    boolean isOfReports() {
        return operation.isOfReports();
    }

    boolean isCreate() {
        return operation == ApiOperation.CREATE_CHARGES || operation == ApiOperation.CREATE_CHARGE;
    }

    /** A call that spent its time waiting for a token would be cut half way and leave an unknown outcome behind. */
    void requireTimeLeft() throws CallNotSent {
        if (running.wasCut() || running.lessThanHalfIsLeft()) {
            throw new CallNotSent("fetching the access token took too long to send the request still", null);
        }
    }

    void aboutToWrite() throws CallNotSent {
        if (running.wasCut()) {
            throw notConnectedInTime(null);
        }
        written = true;
    }

    /** From here on the call ends when its answer has been read. */
    void watch(ClassicHttpResponse response) {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            end(response.getCode());
        } else {
            response.setEntity(new WatchedEntity(entity, response.getCode()));
        }
    }

    /** Ends the call and says what its failure means. */
    IOException failed(Exception failure) {
        running.finish();
        IOException told = tell(failure);
        if (!ended) {
            ended = true;
            if (written) {
                observer.unanswered(msn, operation, told);
            } else {
                observer.notSent(msn, operation, told);
            }
        }
        return told;
    }

    private IOException tell(Exception failure) {
        if (failure instanceof TokenUnavailable
                || failure instanceof CallNotSent
                || failure instanceof CallUnanswered) {
            return (IOException) failure;
        }
        if (!written) {
            return running.wasCut() ? notConnectedInTime(failure) : new CallNotSent(describe(failure), failure);
        }
        // The socket waits as long as the call may take: where nothing at all comes, either of them is first.
        boolean overLimit = running.wasCut() || failure instanceof SocketTimeoutException;
        return new CallUnanswered(
                overLimit
                        ? "no whole answer within " + running.limit().toMillis() + " ms: the call was cut"
                        : describe(failure),
                failure);
    }

    private CallNotSent notConnectedInTime(Exception failure) {
        return new CallNotSent("not connected within " + running.limit().toMillis() + " ms", failure);
    }

    private static String describe(Exception failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private void end(int status) {
        running.finish();
        if (!ended) {
            ended = true;
            observer.answered(msn, operation, status);
        }
    }

    private final class WatchedEntity extends HttpEntityWrapper {

        private final int status;

        private WatchedEntity(HttpEntity entity, int status) {
            super(entity);
            this.status = status;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new WatchedStream(super.getContent(), status);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (InputStream content = getContent()) {
                content.transferTo(out);
            }
        }

        @Override
        public void close() throws IOException {
            end(status);
            super.close();
        }
    }

    private final class WatchedStream extends FilterInputStream {

        private final int status;
        private long read;

        private WatchedStream(InputStream content, int status) {
            super(content);
            this.status = status;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int count = super.read(target, offset, length);
                if (count < 0) {
                    end(status);
                } else {
                    read += count;
                }
                if (read > ANSWER_MAX) {
                    throw new CallUnanswered("the answer is longer than " + ANSWER_MAX + " bytes", null);
                }
                return count;
            } catch (IOException | RuntimeException failure) {
                throw failed(failure);
            }
        }

        @Override
        public void close() throws IOException {
            end(status);
            super.close();
        }
    }
}

package org.chargebridge.security;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Lets no more than a quarter of a port's threads wait for what senders have announced and not sent yet, and none of them for long
 * ({@link PacedBody}): else whoever sends byte by byte, without a login too, would hold a thread each until nobody is served.
 */
final class SlowBodies extends ValveBase {

    /** Of each port, so that none takes them from another. */
    private final Map<Connector, Semaphore> turns = new ConcurrentHashMap<>();

    SlowBodies() {
        super(true);
    }

    private static Semaphore turnsAt(Connector connector) {
        int threads = Integer.parseInt(connector.getProperty("maxThreads").toString());
        return new Semaphore(Math.max(1, threads / 4));
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        PacedBody body = PacedBody.of(
                request.getCoyoteRequest(), turns.computeIfAbsent(request.getConnector(), SlowBodies::turnsAt));
        try {
            getNext().invoke(request, response);
            if (!request.isAsync() && !request.isFinished()) {
                response.finishResponse();
                readRest(request);
            }
        } finally {
            if (request.isAsync()) {
                request.getAsyncContext().addListener(new AtItsEnd(body));
            } else {
                body.leave();
            }
        }
    }

    /** Of a request that was answered before it was read: else its sender might see a broken connection in place of the answer. */
    private static void readRest(Request request) throws IOException {
        org.apache.coyote.Request body = request.getCoyoteRequest();
        long most = Long.parseLong(
                request.getConnector().getProperty("maxSwallowSize").toString());
        Unread unread = new Unread();
        long start = body.getBytesRead();
        while (body.getBytesRead() - start < most) {
            if (body.doRead(unread) < 0) {
                return;
            }
        }
        body.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }

    private static final class Unread implements ApplicationBufferHandler {

        private ByteBuffer bytes = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer read) {
            bytes = read;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {}
    }

    private record AtItsEnd(PacedBody body) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            body.leave();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}

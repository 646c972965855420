package org.chargebridge.benchmark.rivals;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The route of the textbooks: a file from SFTP, split while it streams, one POST a line, on 16 threads. Arguments: address
 * of the API, SFTP port, user, password, folder.
 */
public final class CamelRoute extends RouteBuilder {

    private static final int THREADS = 16;
    private static final int WAITING_LINES = 1_000;
    private static final String PREFIX = "camel-";

    private final String sftp;
    private final String api;
    private final Map<String, String> headers;

    private CamelRoute(String sftp, String api, Map<String, String> headers) {
        this.sftp = sftp;
        this.api = api;
        this.headers = headers;
    }

    @Override
    public void configure() {
        ExecutorService threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING_LINES),
                new ThreadPoolExecutor.CallerRunsPolicy());
        from(sftp)
                .split(body().tokenize("\n"))
                .streaming()
                .parallelProcessing()
                .executorService(threads)
                .filter(exchange -> exchange.getProperty(Exchange.SPLIT_INDEX, Integer.class) > 0)
                .process(this::request)
                .to(api + "?connectionsPerRoute=" + THREADS + "&maxTotalConnections=" + THREADS);
    }

    private void request(Exchange exchange) {
        Invoice invoice = Invoice.of(exchange.getMessage().getBody(String.class).split(";", -1));
        exchange.getMessage().removeHeaders("*");
        headers.forEach(exchange.getMessage()::setHeader);
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
        exchange.getMessage().setHeader(Exchange.HTTP_PATH, invoice.path());
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setHeader("Idempotency-Key", invoice.idempotencyKey(PREFIX));
        exchange.getMessage().setBody(invoice.json(PREFIX));
    }

    public static void main(String[] arguments) throws Exception {
        String sftp = "sftp:127.0.0.1:" + arguments[1] + "/" + arguments[4] + "?username=" + arguments[2] + "&password="
                + arguments[3]
                + "&include=.*[.]csv&move=.done&delay=1000&stepwise=false&streamDownload=true&useUserKnownHostsFile=false";
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.addRoutes(new CamelRoute(sftp, arguments[0], Access.headers(arguments[0])));
        camel.start();
        Thread.currentThread().join();
    }
}

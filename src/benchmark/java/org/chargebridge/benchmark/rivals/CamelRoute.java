package org.chargebridge.benchmark.rivals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The route of the textbooks: a file from SFTP, split while it streams, one POST a line, on 16 threads, and what the lines
 * came to gathered to a receipt. Arguments: address of the API, SFTP port, user, password, folder of the files, folder of
 * the receipts.
 */
public final class CamelRoute extends RouteBuilder {

    private static final int THREADS = 16;
    private static final int WAITING_LINES = 1_000;
    private static final String PREFIX = "camel-";

    private static final String INVOICE = "invoice";
    private static final String FILE = "file";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String sftp;
    private final String receipts;
    private final String api;
    private final Map<String, String> headers;

    private CamelRoute(String sftp, String receipts, String api, Map<String, String> headers) {
        this.sftp = sftp;
        this.receipts = receipts;
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
                .setProperty(FILE, header(Exchange.FILE_NAME))
                .split(body().tokenize("\n"), AggregationStrategies.string("\n"))
                .streaming()
                .parallelProcessing()
                .executorService(threads)
                .filter(exchange -> exchange.getProperty(Exchange.SPLIT_INDEX, Integer.class) > 0)
                .process(this::request)
                .to(api + "?connectionsPerRoute=" + THREADS + "&maxTotalConnections=" + THREADS)
                .process(CamelRoute::receipt)
                .end()
                .end()
                .removeHeaders("*")
                .setHeader(Exchange.FILE_NAME, simple("receipt-${exchangeProperty." + FILE + "}"))
                .to(receipts);
    }

    private void request(Exchange exchange) {
        Invoice invoice = Invoice.of(exchange.getMessage().getBody(String.class).split(";", -1));
        exchange.setProperty(INVOICE, invoice);
        exchange.getMessage().removeHeaders("*");
        headers.forEach(exchange.getMessage()::setHeader);
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
        exchange.getMessage().setHeader(Exchange.HTTP_PATH, invoice.path());
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setHeader("Idempotency-Key", invoice.idempotencyKey(PREFIX));
        exchange.getMessage().setBody(invoice.json(PREFIX));
    }

    private static void receipt(Exchange exchange) throws IOException {
        String chargeId = MAPPER.readTree(exchange.getMessage().getBody(InputStream.class))
                .path("chargeId")
                .asText();
        Invoice invoice = exchange.getProperty(INVOICE, Invoice.class);
        exchange.getMessage().setBody(invoice.receipt(PREFIX, chargeId));
    }

    public static void main(String[] arguments) throws Exception {
        String server = "sftp:127.0.0.1:" + arguments[1] + "/";
        String login = "?username=" + arguments[2] + "&password=" + arguments[3] + "&useUserKnownHostsFile=false";
        String files = server + arguments[4] + login
                + "&include=.*[.]csv&move=.done&delay=1000&stepwise=false&streamDownload=true";
        String receipts = server + arguments[5] + login;
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.addRoutes(new CamelRoute(files, receipts, arguments[0], Access.headers(arguments[0])));
        camel.start();
        Thread.currentThread().join();
    }
}

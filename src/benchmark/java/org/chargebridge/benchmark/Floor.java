package org.chargebridge.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** What cannot be done without, each alone and one after the other: parse, COPY, calls, a report. No checks, no states. */
final class Floor implements Scenario {

    private static final int BATCH = 2_000;
    private static final String TABLE =
            """
            create table line (file_id bigint, position int, order_id text, agreement_id text, amount bigint,
                due date, description text, cells text, primary key (file_id, position));
            create unique index line_order_id on line (order_id);
            create unique index line_external_id on line (file_id, description)
            """;

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public List<Measure> run(World world, Options options) {
        try (Site site = new Site(world, name())) {
            InvoiceFile file = new InvoiceFile("lines.csv", "F", options.manyLines());
            file.drop(site.path("out"));
            Path input = site.path("out").resolve(file.name());
            world.execute(site.database(), TABLE);
            double parse = seconds(() -> parse(input));
            double copy = seconds(() -> copy(world, site, input));
            double calls = seconds(() -> calls(site, input));
            double report = seconds(() -> report(world, site));
            FileRun.checkCreated(site.simulator(), options.manyLines());
            double sum = parse + copy + calls + report;
            return List.of(Measure.told(
                    ManyLines.lines(options.manyLines()) + ": parse, COPY, calls and report alone",
                    Measure.shown(sum) + " s",
                    "parse " + Measure.shown(parse) + " s, COPY with three indexes " + Measure.shown(copy)
                            + " s, calls of 2,000 on one connection " + Measure.shown(calls)
                            + " s, the rows written back as a file " + Measure.shown(report) + " s"));
        }
    }

    private interface Step {
        void run() throws IOException, SQLException, InterruptedException;
    }

    private static double seconds(Step step) {
        long begun = System.nanoTime();
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void parse(Path input) throws IOException {
        long cells = 0;
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().fieldSeparator(';').ofCsvRecord(input)) {
            for (CsvRecord line : reader) {
                cells += line.getFieldCount();
            }
        }
        if (cells == 0) {
            throw new IllegalStateException("nothing was read");
        }
    }

    private static void copy(World world, Site site, Path input) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(world.url(site.database()));
                CsvReader<CsvRecord> reader =
                        CsvReader.builder().fieldSeparator(';').ofCsvRecord(input)) {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy line from stdin");
            for (CsvRecord line : reader) {
                if (line.getStartingLineNumber() > 1) {
                    byte[] row = String.join(
                                    "\t",
                                    "1",
                                    Long.toString(line.getStartingLineNumber()),
                                    "floor-" + line.getField(0),
                                    line.getField(2),
                                    line.getField(4).replace(",", ""),
                                    line.getField(6),
                                    line.getField(7),
                                    String.join("\u001F", line.getFields()) + "\n")
                            .getBytes(StandardCharsets.UTF_8);
                    copy.writeToCopy(row, 0, row.length);
                }
            }
            copy.endCopy();
        }
    }

    private static void calls(Site site, Path input) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        String token = token(http, site);
        List<String> charges = new ArrayList<>();
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().fieldSeparator(';').ofCsvRecord(input)) {
            for (CsvRecord line : reader) {
                if (line.getStartingLineNumber() > 1) {
                    charges.add("{\"agreementId\":\"" + line.getField(2) + "\",\"amount\":"
                            + line.getField(4).replace(",", "")
                            + ",\"transactionType\":\"DIRECT_CAPTURE\",\"description\":\"" + line.getField(7)
                            + "\",\"due\":\"" + line.getField(6) + "\",\"retryDays\":5,\"orderId\":\"floor-"
                            + line.getField(0) + "\"}");
                }
                if (charges.size() == BATCH) {
                    post(http, site, token, charges);
                }
            }
        }
        if (!charges.isEmpty()) {
            post(http, site, token, charges);
        }
    }

    private static HttpRequest.Builder request(Site site, String path) {
        return HttpRequest.newBuilder(URI.create(site.simulator().uri() + path))
                .header("Ocp-Apim-Subscription-Key", "demo-subscription-key")
                .header("Merchant-Serial-Number", "123456")
                .header("Vipps-System-Name", "floor")
                .header("Vipps-System-Version", "1")
                .header("Vipps-System-Plugin-Name", "floor")
                .header("Vipps-System-Plugin-Version", "1");
    }

    private static String token(HttpClient http, Site site) throws IOException, InterruptedException {
        HttpRequest request = request(site, "/accesstoken/get")
                .header("client_id", "demo-client-id")
                .header("client_secret", "demo-client-secret")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return new ObjectMapper().readTree(answer).path("access_token").asText();
    }

    private static void post(HttpClient http, Site site, String token, List<String> charges)
            throws IOException, InterruptedException {
        HttpRequest request = request(site, "/recurring/v3/agreements/charges")
                .header("Authorization", "Bearer " + token)
                .header(
                        "Idempotency-Key",
                        charges.get(0)
                                .substring(
                                        charges.get(0).length() - 20,
                                        charges.get(0).length() - 2))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("[" + String.join(",", charges) + "]"))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        charges.clear();
    }

    private static void report(World world, Site site) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(world.url(site.database()));
                OutputStream out = Files.newOutputStream(site.path("in").resolve("report.csv"))) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (select * from line order by file_id, position) to stdout", out);
        }
    }
}

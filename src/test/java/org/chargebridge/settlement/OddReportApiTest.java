package org.chargebridge.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.channel.ChannelBuilder.channel;
import static org.chargebridge.channel.SettlementBuilder.settlement;
import static org.chargebridge.settlement.Ledgers.LEDGER;
import static org.chargebridge.settlement.Ledgers.MSN;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.clock.TestClock;
import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.ledger.SettlementDates;
import org.chargebridge.ledger.SettlementFeeds;
import org.chargebridge.ledger.SettlementGaps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Report API that answers what it should not: nothing is lost, nothing is counted twice, what is wrong stands with the
 * ledger that it is wrong with, and the others are read on. No answer makes the gateway ask without end.
 */
class OddReportApiTest {

    private static final String OTHER = "999999";
    /** Far more calls than any of these needs. */
    private static final int CALLS_MAX = 200;

    private final LedgerDatabase database = LedgerDatabase.create();
    private final TestClock clock = new TestClock("2026-12-03T06:00:00Z");
    private final Ledgers ledgers = new Ledgers(
            database, clock, channel().settlement(settlement().build()).build());
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, List<String>> script = new HashMap<>();
    /** Whether what a path said last is followed by what it said first. */
    private volatile boolean alternates;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        say("/settlement/v1/ledgers", listing(LEDGER, OTHER));
        say(feed(LEDGER, "fees"), end());
        say(feed(OTHER, "fees"), end());
        say(feed(OTHER, "funds"), page("z", true, false, entry("O1", "capture", 700, 0)));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        database.close();
    }

    /** The answers to a path, in their order; the last one for ever. */
    private void say(String path, String... bodies) {
        script.put(path, new ArrayList<>(List.of(bodies)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        List<String> bodies = script.getOrDefault(exchange.getRequestURI().getPath(), List.of());
        String body = bodies.isEmpty() ? "" : bodies.size() == 1 ? bodies.get(0) : bodies.remove(0);
        if (alternates && bodies.size() == 1) {
            bodies.add(body);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(bodies.isEmpty() ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int fetch() {
        int calls = 0;
        for (Optional<SettlementCall> call = ledgers.next(); call.isPresent(); call = ledgers.next()) {
            assertThat(++calls).as("calls without a pause").isLessThan(CALLS_MAX);
            ask(call.get());
        }
        return calls;
    }

    private void ask(SettlementCall call) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + call.path()
                + (call.query().isEmpty() ? "" : "?" + call.query()));
        try {
            HttpResponse<byte[]> answer =
                    http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
            ledgers.answers().record(call, answer.statusCode(), Map.of(), answer.body());
        } catch (IOException e) {
            ledgers.answers().recordFailure(call, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fetchAfter(Duration time) {
        clock.advance(time);
        fetch();
    }

    private static String feed(String ledger, String topic) {
        return "/report/v2/ledgers/" + ledger + "/" + topic + "/feed";
    }

    private static String day(String date) {
        return "/report/v2/ledgers/" + LEDGER + "/funds/dates/" + date;
    }

    private static String listing(String... ids) {
        List<String> items = List.of(ids).stream()
                .map(id -> "{\"ledgerId\":\"" + id + "\",\"currency\":\"NOK\",\"settlesForRecipientHandles\":[\"api:"
                        + MSN + "\"]}")
                .toList();
        return "{\"cursor\":\"\",\"items\":[" + String.join(",", items) + "]}";
    }

    private static String page(String cursor, boolean tryLater, boolean hasMore, String... entries) {
        return "{\"cursor\":\"" + cursor + "\",\"tryLater\":" + tryLater + ",\"hasMore\":" + hasMore + ",\"items\":["
                + String.join(",", entries) + "]}";
    }

    private static String end() {
        return page("", true, false);
    }

    private static String entry(String psp, String type, long amount, long before) {
        return """
               {"pspReference":"%s","time":"2026-12-01T10:00:00+01:00","ledgerDate":"2026-12-01","entryType":"%s",
                "reference":"r-%s","currency":"NOK","amount":%d,"balanceBefore":%d,"balanceAfter":%d,
                "recipientHandle":"api:%s","newField":{"deep":[1,null]},"anotherNewField":-0.0}
               """
                .formatted(psp, type, psp, amount, before, before + amount, MSN);
    }

    private List<String> read() {
        return database.jdbc()
                .sql("select psp_reference || ' ' || entry_type from settlement_entry where ledger_id = '" + LEDGER
                        + "' order by topic desc, number")
                .query(String.class)
                .list();
    }

    private String trouble() {
        return database.jdbc()
                .sql("select coalesce(trouble, 'none') from settlement_feed where ledger_id = '" + LEDGER
                        + "' and topic = 'FUNDS'")
                .query(String.class)
                .single();
    }

    private void othersWentOn() {
        assertThat(database.jdbc()
                        .sql("select psp_reference from settlement_entry where ledger_id = '" + OTHER + "'")
                        .query(String.class)
                        .list())
                .as("what is on the other ledger")
                .containsExactly("O1");
    }

    private boolean gap() {
        return database.jdbc()
                .sql("select gap_at is not null from settlement_ledger where ledger_id = '" + LEDGER + "'")
                .query(Boolean.class)
                .single();
    }

    @Test
    void anEntryInAnotherCurrencyThanItsLedgersIsNotAddedUp() {
        String foreign = entry("P1", "capture", 100, 0).replace("NOK", "EUR");
        say(
                feed(LEDGER, "funds"),
                page("a", true, false, foreign),
                page("a", true, false, entry("P1", "capture", 100, 0)));

        fetch();
        assertThat(read()).isEmpty();
        assertThat(trouble()).contains("entry P1 of funds is in EUR, its ledger in NOK");
        othersWentOn();

        fetchAfter(Duration.ofHours(1));
        assertThat(read()).containsExactly("P1 capture");
        assertThat(trouble()).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Sorry</body></html>",
                "{\"cursor\":\"a\",\"tryLater\":true,\"items\":[{\"pspReference\":\"P1\"",
                "[]",
                "null",
                "{\"items\":{}}",
                "{\"cursor\":\"a\",\"items\":[null]}",
                "{\"cursor\":\"a\",\"items\":[{\"entryType\":\"capture\"}]}"
            })
    void whatIsNoPageIsAskedForAgainAndNothingOfItIsTaken(String nonsense) {
        say(feed(LEDGER, "funds"), nonsense, page("a", true, false, entry("P1", "capture", 100, 0)));

        fetch();

        assertThat(read()).isEmpty();
        assertThat(trouble()).startsWith("200, but");
        othersWentOn();
        fetchAfter(Duration.ofMinutes(11));
        assertThat(read()).containsExactly("P1 capture");
        assertThat(trouble()).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"amount\":9223372036854775807",
                "\"amount\":-9223372036854775808",
                "\"amount\":92233720368547758080",
                "\"amount\":1e300",
                "\"amount\":1.5",
                "\"amount\":\"one hundred\"",
                "\"amount\":null"
            })
    void anAmountThatNoMoneyHasIsNotTaken(String amount) {
        String good = entry("P1", "payout-scheduled", 100, 0);
        say(
                feed(LEDGER, "funds"),
                page("a", true, false, good.replace("\"amount\":100", amount)),
                page("a", true, false, good));

        fetch();

        assertThat(read()).isEmpty();
        assertThat(trouble()).contains("amount");
        othersWentOn();
        fetchAfter(Duration.ofMinutes(11));
        assertThat(read()).containsExactly("P1 payout-scheduled");
    }

    @Test
    void anAmountThatIsNothingIsNothing() {
        say(
                feed(LEDGER, "funds"),
                page(
                        "a",
                        true,
                        false,
                        entry("P1", "capture", 100, 0),
                        entry("P2", "correction", 0, 100).replace("\"amount\":0", "\"amount\":-0"),
                        entry("P3", "correction", 0, 100).replace("\"amount\":0", "\"amount\":-0.00")));

        fetch();

        assertThat(read()).containsExactly("P1 capture", "P2 correction", "P3 correction");
        assertThat(gap()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ledgerDate\":\"+999999999-12-31\"",
                "\"ledgerDate\":\"-0044-03-15\"",
                "\"ledgerDate\":\"01.12.2026\"",
                "\"ledgerDate\":\"2026-02-30\"",
                "\"ledgerDate\":20261201",
                "\"ledgerDate\":null"
            })
    void aDayThatIsNoneIsNotTaken(String date) {
        String good = entry("P1", "capture", 100, 0);
        say(
                feed(LEDGER, "funds"),
                page("a", true, false, good.replace("\"ledgerDate\":\"2026-12-01\"", date)),
                page("a", true, false, good));

        fetch();

        assertThat(read()).isEmpty();
        assertThat(trouble()).contains("ledgerDate");
        othersWentOn();
        fetchAfter(Duration.ofMinutes(11));
        assertThat(read()).containsExactly("P1 capture");
    }

    @Test
    void aTimeWithoutAnOffsetIsUtc() {
        say(
                feed(LEDGER, "funds"),
                page("a", true, false, entry("P1", "capture", 100, 0).replace("10:00:00+01:00", "09:00:00.5")));

        fetch();

        assertThat(database.jdbc()
                        .sql(
                                "select occurred_at = '2026-12-01T09:00:00.5Z' from settlement_entry where psp_reference = 'P1'")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10:00:00.5+01:00",
                "10:00:00.5+0100",
                "10:00:00.5+01",
                "09:00:00.5z",
                "09:00:00.500000000000Z",
                "10:00:00.50+01:00:00",
                "09:00:00.5-00:00"
            })
    void aTimeIsReadHoweverItsOffsetIsWritten(String time) {
        String entry = entry("P1", "capture", 100, 0).replace("10:00:00+01:00", time);
        say(
                feed(LEDGER, "funds"),
                page("a", false, false, entry),
                page("b", true, false, entry.replace("P1", "P2").replace("01T", "01 ")));

        fetch();

        assertThat(database.jdbc()
                        .sql("select count(*) from settlement_entry where occurred_at = '2026-12-01T09:00:00.5Z'")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10:00:00+25:00", "10:00:00+1", "10:00:00 Oslo", "25:00:00Z", "10Z"})
    void aTimeThatIsNoneIsNotTaken(String time) {
        say(
                feed(LEDGER, "funds"),
                page("a", true, false, entry("P1", "capture", 100, 0).replace("10:00:00+01:00", time)));

        fetch();

        assertThat(read()).isEmpty();
        assertThat(trouble()).contains("time");
        othersWentOn();
    }

    /** Without balances the API's own id tells two movements apart; a fee has none of its own. */
    @Test
    void withoutBalancesAnEntryThatComesAgainIsCountedOnce() {
        String paid = withoutBalances(entry("P1", "capture", 100, 0));
        String partly = withoutBalances(entry("P2", "capture", 100, 0));
        String nameless = withoutBalances(entry("", "fees-retained", -5, 0));
        String fee = withoutBalances(entry("F1", "capture-fee", 5, 0));
        say(
                feed(LEDGER, "funds"),
                page("a", false, false, paid, paid, partly, nameless, nameless),
                page("b", true, false, partly, paid.replace("\"amount\":100", "\"amount\":30")));
        say(feed(LEDGER, "fees"), page("c", true, false, fee, fee));

        fetch();

        assertThat(read())
                .containsExactly(
                        "P1 capture",
                        "P2 capture",
                        " fees-retained",
                        " fees-retained",
                        "P1 capture",
                        "F1 capture-fee",
                        "F1 capture-fee");
    }

    private static String withoutBalances(String entry) {
        return entry.replaceAll("\"balance(Before|After)\":-?\\d+,", "");
    }

    @Test
    void aFeedThatStandsStillIsReadOnceAndRests() {
        say(
                feed(LEDGER, "funds"),
                page("a", false, false, entry("P1", "capture", 100, 0), entry("P2", "payout-scheduled", -100, 100)));

        fetch();

        assertThat(read()).containsExactly("P1 capture", "P2 payout-scheduled");
        assertThat(trouble()).contains("read before");
        othersWentOn();
        say(feed(LEDGER, "funds"), page("b", true, false, entry("P3", "capture", 50, 0)));
        fetchAfter(Duration.ofMinutes(11));
        assertThat(read()).containsExactly("P1 capture", "P2 payout-scheduled", "P3 capture");
        assertThat(trouble()).isEqualTo("none");
        assertThat(gap()).isFalse();
    }

    /** A payout leaves nothing, so that the balance alone does not tell a page that comes a second time. */
    @Test
    void aCursorThatGoesBackCountsNothingTwice() {
        String first =
                page("a", false, false, entry("P1", "capture", 100, 0), entry("Q1", "payout-scheduled", -100, 100));
        String second =
                page("b", false, false, entry("P2", "capture", 70, 0), entry("Q2", "payout-scheduled", -70, 70));
        say(
                feed(LEDGER, "funds"),
                first,
                second,
                first,
                second,
                page("c", true, false, entry("Q2", "payout-scheduled", -70, 70), entry("P3", "capture", 5, 0)));

        fetch();
        fetchAfter(Duration.ofMinutes(11));
        fetchAfter(Duration.ofMinutes(11));
        fetchAfter(Duration.ofMinutes(11));

        assertThat(read())
                .containsExactly(
                        "P1 capture", "Q1 payout-scheduled", "P2 capture", "Q2 payout-scheduled", "P3 capture");
        assertThat(database.jdbc()
                        .sql("select count(*) from settlement_payout")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(gap()).isFalse();
        assertThat(trouble()).isEqualTo("none");
        othersWentOn();
    }

    @Test
    void aFeedThatCannotGoOnIsReadAnewWhenAPersonSaysSo() {
        String first = page("a", false, false, entry("P1", "capture", 100, 0));
        say(
                feed(LEDGER, "funds"),
                first,
                "cursor refused",
                first,
                page("b", true, false, entry("P2", "capture", 7, 100)));
        SettlementFeeds feeds = new SettlementFeeds(database.jdbc(), clock);
        GapRelease release = new GapRelease(
                feeds,
                new SettlementGaps(database.jdbc(), clock),
                new SettlementDates(database.jdbc(), clock),
                new AuditTrail(database.jdbc(), clock),
                database.transactions());
        fetch();
        assertThat(trouble()).isNotEqualTo("none");

        assertThat(release.readAnew(LEDGER, "kari", "the cursor is over")).isTrue();
        fetch();
        fetchAfter(Duration.ofMinutes(11));

        assertThat(read()).containsExactly("P1 capture", "P2 capture");
        assertThat(gap()).isFalse();
        assertThat(release.readAnew(LEDGER, "kari", "the cursor is over")).isFalse();
    }

    @Test
    void anEntryThatStandsTwiceInAPageIsCountedOnce() {
        String doubled = entry("P1", "capture", 100, 0);
        say(feed(LEDGER, "funds"), page("a", true, false, doubled, doubled, entry("P2", "capture", 1, 100)));

        fetch();

        assertThat(read()).containsExactly("P1 capture", "P2 capture");
        assertThat(gap()).isFalse();
    }

    @Test
    void entriesThatStandTwiceInAPageOneBehindTheOtherAreCountedOnce() {
        String[] run = {entry("P1", "capture", 100, 0), entry("P2", "capture", 50, 100), entry("P3", "refund", -20, 150)
        };
        say(
                feed(LEDGER, "funds"),
                page("a", true, false, run[0], run[1], run[2], run[0], run[1], run[2], entry("P4", "capture", 1, 130)));

        fetch();

        assertThat(read()).containsExactly("P1 capture", "P2 capture", "P3 refund", "P4 capture");
        assertThat(gap()).isFalse();
    }

    @Test
    void aPayoutOfNothingThatComesAgainIsCountedOnce() {
        String nothing = entry("Q1", "payout-scheduled", 0, 0);
        say(
                feed(LEDGER, "funds"),
                page("a", false, false, nothing, nothing),
                page("b", true, false, nothing, entry("P1", "capture", 5, 0)));

        fetch();

        assertThat(read()).containsExactly("Q1 payout-scheduled", "P1 capture");
    }

    @Test
    void movementsThatShareAReferenceAreAllKept() {
        String[] entries = {
            entry("P1", "capture", 100, 0),
            entry("P1", "capture", 100, 100),
            entry("P1", "refund", -100, 200),
            entry("P1", "capture", 100, 100)
        };
        say(
                feed(LEDGER, "funds"),
                page("a", false, false, entries),
                page("b", false, false, entries),
                page("c", true, false, entry("P2", "capture", 1, 200)));

        fetch();
        fetchAfter(Duration.ofMinutes(11));

        assertThat(read())
                .as("the last goes on from the balance before it, though it is the second one, balance for balance")
                .containsExactly("P1 capture", "P1 capture", "P1 refund", "P1 capture", "P2 capture");
        assertThat(gap()).isFalse();
    }

    /** Money that goes to and fro comes to the same balance again. */
    @Test
    void theSameMovementAtAnotherTimeIsAnotherOne() {
        String paid = entry("P1", "capture", 100, 0);
        String back = entry("P1", "refund", -100, 100);
        String paidAgain = paid.replace("10:00:00+01:00", "10:00:07.1234567+01:00");
        say(
                feed(LEDGER, "funds"),
                page("a", false, false, paid, back, paidAgain),
                page("b", true, false, paidAgain, entry("P2", "capture", 1, 100)));

        fetch();

        assertThat(read()).containsExactly("P1 capture", "P1 refund", "P1 capture", "P2 capture");
        assertThat(gap()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1000, false", "900, true"})
    void anEntryWithoutBalancesCountsForThoseBehindIt(long balanceBehindIt, boolean gap) {
        String silent =
                """
                {"pspReference":"P2","time":"2026-12-01T10:00:00+01:00","ledgerDate":"2026-12-01","entryType":"capture",
                 "currency":"NOK","amount":300}
                """;
        say(
                feed(LEDGER, "funds"),
                page("a", false, false, entry("P1", "capture", 700, 0), silent),
                page("b", true, false, entry("P3", "capture", 100, balanceBehindIt)));

        fetch();

        assertThat(read()).containsExactly("P1 capture", "P2 capture", "P3 capture");
        assertThat(gap()).as("whether an entry is missing").isEqualTo(gap);
    }

    @Test
    void everyLedgerIsReadHoweverShortlyTheOthersRest() {
        say("/settlement/v1/ledgers", listing("100001", "100002", "100003"));
        List<String> asked = new ArrayList<>();
        for (int call = 0; call < 30; call++) {
            SettlementCall next = ledgers.next().orElseThrow();
            asked.add(next.path());
            ledgers.answers().record(next, 200, Map.of(), answer(next).getBytes(StandardCharsets.UTF_8));
            // Longer than anything rests: all is due again before the next call.
            clock.advance(Duration.ofHours(1));
        }

        assertThat(asked)
                .contains(
                        feed("100001", "funds"),
                        feed("100003", "fees"),
                        "/report/v2/ledgers/100001/funds/dates/2026-12-01",
                        "/report/v2/ledgers/100003/funds/dates/2026-12-01");
    }

    private static String answer(SettlementCall call) {
        if (call.about() instanceof SettlementCall.Ledgers) {
            return listing("100001", "100002", "100003");
        }
        boolean stillOpen = true;
        return call.path().contains("/funds/")
                ? page("a", stillOpen, false, entry("P1", "capture", 700, 0))
                : page("a", stillOpen, false);
    }

    @Test
    void aPageWithoutEntriesMayLeadOn() {
        say(
                feed(LEDGER, "funds"),
                page("a", false, false, entry("P1", "capture", 100, 0)),
                page("b", false, false),
                page("c", true, false, entry("P2", "capture", 1, 100)));

        fetch();

        assertThat(read()).containsExactly("P1 capture", "P2 capture");
        assertThat(trouble()).isEqualTo("none");
    }

    @Test
    void pagesWithoutEntriesAreNotFollowedWithoutEnd() {
        say(feed(LEDGER, "funds"), page("a", false, false), page("b", false, false));
        alternates = true;

        fetch();

        assertThat(trouble()).contains("without entries");
        othersWentOn();
        alternates = false;
        say(feed(LEDGER, "funds"), page("c", true, false, entry("P1", "capture", 100, 0)));
        fetchAfter(Duration.ofMinutes(11));
        assertThat(read()).containsExactly("P1 capture");
        assertThat(trouble()).isEqualTo("none");
    }

    @Test
    void aDayWhosePagesDoNotEndStaysOpenAndSaysSo() {
        say(feed(LEDGER, "funds"), page("a", true, false, entry("P1", "capture", 100, 0)));
        say(
                day("2026-12-01"),
                page("1", false, true, entry("P1", "capture", 100, 0)),
                page("2", false, true, entry("P1", "capture", 100, 0)),
                page("3", false, true, entry("P1", "capture", 100, 0)));

        fetch();

        assertThat(dayTrouble()).contains("2026-12-01").contains("counts");
        othersWentOn();
        say(day("2026-12-01"), page("x", false, true));
        fetchAfter(Duration.ofMinutes(31));
        assertThat(dayTrouble()).contains("lead nowhere");
        say(day("2026-12-01"), page("", false, false, entry("P1", "capture", 100, 0)));
        fetchAfter(Duration.ofMinutes(31));
        assertThat(dayTrouble()).isEqualTo("closed");
    }

    @Test
    void aPageOfADayWithoutEntriesMayLeadOn() {
        say(feed(LEDGER, "funds"), page("a", true, false, entry("P1", "capture", 100, 0)));
        say(
                day("2026-12-01"),
                page("1", false, true),
                page("2", false, true, entry("P1", "capture", 100, 0)),
                page("3", false, true),
                page("", false, false));

        fetch();

        assertThat(dayTrouble()).isEqualTo("closed");
    }

    @Test
    void pagesOfADayWithoutEntriesAreNotFollowedWithoutEnd() {
        say(feed(LEDGER, "funds"), page("a", true, false, entry("P1", "capture", 100, 0)));
        say(day("2026-12-01"), page("1", false, true), page("2", false, true));
        alternates = true;

        fetch();

        assertThat(dayTrouble()).contains("lead nowhere");
        othersWentOn();
    }

    private String dayTrouble() {
        return database.jdbc()
                .sql(
                        "select coalesce(trouble, case when closed_at is null then 'open' else 'closed' end) from settlement_date"
                                + " where ledger_id = '" + LEDGER + "' and topic = 'FUNDS'")
                .query(String.class)
                .single();
    }

    @Test
    void aListOfLedgersThatDoesNotEndKeepsNoLedgerFromBeingRead() {
        say("/settlement/v1/ledgers", listing(LEDGER, OTHER).replace("\"cursor\":\"\"", "\"cursor\":\"more\""));
        say(feed(LEDGER, "funds"), page("a", true, false, entry("P1", "capture", 100, 0)));

        fetch();

        assertThat(read()).containsExactly("P1 capture");
        othersWentOn();
        assertThat(database.jdbc()
                        .sql("select trouble from settlement_listing")
                        .query(String.class)
                        .single())
                .contains("does not end");
    }

    @Test
    void aLedgerThatDisappearsKeepsWhatWasReadAndTheOthersGoOn() {
        say(feed(LEDGER, "funds"), page("a", true, false, entry("P1", "capture", 100, 0)));
        fetch();
        say("/settlement/v1/ledgers", listing(OTHER));
        script.remove(feed(LEDGER, "funds"));
        script.remove(feed(LEDGER, "fees"));
        say(feed(OTHER, "funds"), page("y", true, false, entry("O2", "capture", 1, 700)));

        fetchAfter(Duration.ofHours(1));

        assertThat(read()).containsExactly("P1 capture");
        assertThat(trouble()).startsWith("HTTP 404");
        assertThat(database.jdbc()
                        .sql("select psp_reference from settlement_entry where ledger_id = '" + OTHER
                                + "' order by number")
                        .query(String.class)
                        .list())
                .containsExactly("O1", "O2");
    }
}

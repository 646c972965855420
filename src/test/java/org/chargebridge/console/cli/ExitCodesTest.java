package org.chargebridge.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever stands where a gateway should: what fails is one sentence and a code of its own, and never a stack trace. */
class ExitCodesTest {

    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private record Done(int code, String err) {}

    @TempDir
    private Path home;

    private Path password;

    @BeforeEach
    void write() throws IOException {
        password = Files.writeString(home.resolve("password"), "a password\n");
    }

    private Done run(String url, String... login) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = new String[login.length + 3];
        System.arraycopy(login, 0, arguments, 3, login.length);
        arguments[0] = "overview";
        arguments[1] = "--url";
        arguments[2] = url;
        int code = CommandLineTool.run(new PrintWriter(out), new PrintWriter(err), arguments);
        assertThat(err.toString().lines()).as(err.toString()).hasSize(1);
        assertThat(err.toString())
                .doesNotContain("\tat ")
                .doesNotContain("Exception:")
                .endsWith("\n");
        return new Done(code, err.toString());
    }

    private Done loggedIn(String url) {
        return run(url, "--user", "kari", "--password-file", password.toString());
    }

    private Done answered(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(ANY, 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Location", "https://elsewhere.example.com/operator/overview");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return loggedIn("http://127.0.0.1:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, 1, The gateway answered 400.",
        "409, 1, The gateway answered 409.",
        "301, 3, answered with the way to https://elsewhere.example.com",
        "401, 4, The user or the password is wrong.",
        "403, 5, You may not do that",
        "404, 6, knows no such address. Is --url that of a gateway?",
        "500, 7, failed to answer (500)",
        "502, 7, failed to answer (502)",
        "200, 3, did not answer as a gateway does"
    })
    void anAnswerThatIsNoneOfOursHasItsCode(int status, int code, String sentence) throws IOException {
        Done done = answered(status, "<html><p>of a proxy</p>\n</html>");

        assertThat(done.err()).contains(sentence);
        assertThat(done.code()).isEqualTo(code);
    }

    @Test
    void whatTheGatewaySaysIsToldInItsWords() throws IOException {
        Done done = answered(503, "{\"detail\":\"The ledger is not there. Try again.\"}");

        assertThat(done).isEqualTo(new Done(7, "The ledger is not there. Try again." + System.lineSeparator()));
    }

    @Test
    void aServerThatIsAwayIsToldApart() {
        Done done = loggedIn("http://127.0.0.1:1");

        assertThat(done.code()).isEqualTo(3);
        assertThat(done.err()).contains("was not reached", "Is the gateway running");
    }

    @Test
    void withoutALoginNothingIsAsked() {
        assertThat(run("http://127.0.0.1:1", "--user", "kari", "--password-file", "no-such-file"))
                .isEqualTo(new Done(2, "--password-file no-such-file cannot be read." + System.lineSeparator()));
        Done done = run("http://127.0.0.1:1", "--user", "kari");
        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("No login is given: set CHARGEBRIDGE_USER and CHARGEBRIDGE_PASSWORD");
        assertThat(loggedIn("not an address").code()).isEqualTo(2);
    }

    @Test
    void aCertificateThatNobodyKnowsIsRefused() throws Exception {
        HttpsServer server = HttpsServer.create(ANY, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        server.start();
        try {
            Done done = loggedIn("https://localhost:" + server.getAddress().getPort());
            assertThat(done.code()).isEqualTo(8);
            assertThat(done.err()).contains("is not trusted (", "javax.net.ssl.trustStore");
        } finally {
            server.stop(0);
        }
    }

    private SSLContext selfSigned() throws Exception {
        Path store = home.resolve("store");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}

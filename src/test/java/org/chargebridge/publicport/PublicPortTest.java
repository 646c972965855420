package org.chargebridge.publicport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is listed answers on the public port alone, and nothing else answers there. */
class PublicPortTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext server;
    private static int inside;
    private static int outside;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class
    })
    @EnableConfigurationProperties(PublicSettings.class)
    @Import({PublicConnector.class, PublicGate.class, Pages.class})
    static class Server {

        @Bean
        PublicPath news() {
            return new PublicPath(Set.of("POST"), Pattern.compile("/news"), 1_000, false);
        }

        @Bean
        PublicPath page() {
            return new PublicPath(Set.of("GET", "POST"), Pattern.compile("/pages/[a-z]{3,9}"), 100, true);
        }
    }

    @RestController
    static class Pages {

        @PostMapping("/news")
        String news(@RequestBody byte[] body) {
            return body.length + " bytes";
        }

        @GetMapping("/pages/{name}")
        String show(@PathVariable("name") String name) {
            return "page " + name;
        }

        @PostMapping("/pages/{name}")
        String press(@PathVariable("name") String name, @RequestParam("button") String button) {
            return name + " " + button;
        }

        @GetMapping("/private")
        String inside() {
            return "private";
        }
    }

    @BeforeAll
    static void start() {
        server = start("https://payments.example.com/");
        inside = Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port"));
        outside = server.getBean(PublicConnector.class).port().orElseThrow();
    }

    private static ConfigurableApplicationContext start(String publicUrl) {
        return start(publicUrl, 0);
    }

    private static ConfigurableApplicationContext start(String publicUrl, int port) {
        return new SpringApplicationBuilder(Server.class)
                .logStartupInfo(false)
                .properties("spring.main.banner-mode=off")
                .run(
                        "--server.port=0",
                        "--spring.config.name=none",
                        "--chargebridge.public-port=" + port,
                        "--chargebridge.public-url=" + publicUrl);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> call(int port, String method, String path, String type, byte[] body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
            return CLIENT.send(
                    (type.isEmpty() ? request : request.header("Content-Type", type)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static HttpResponse<String> post(int port, int bytes) {
        return call(port, "POST", "/news", "application/json", new byte[bytes]);
    }

    private static int get(int port, String path) {
        return call(port, "GET", path, "", new byte[0]).statusCode();
    }

    /** What the server says to bytes sent as they are, until it hangs up. */
    private static String raw(byte[]... parts) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), outside)) {
            socket.setSoTimeout(15_000);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            for (byte[] part : parts) {
                out.write(part);
                out.flush();
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void listedPathsAnswerOnThePublicPort() {
        assertThat(post(outside, 1_000).body()).isEqualTo("1000 bytes");
        assertThat(call(outside, "GET", "/pages/abc", "", new byte[0]).body()).isEqualTo("page abc");
        assertThat(call(outside, "POST", "/pages/abc", "application/x-www-form-urlencoded", ascii("button=yes"))
                        .body())
                .isEqualTo("abc yes");
    }

    @Test
    void everythingElseIsNotFoundThere() {
        assertThat(get(inside, "/private")).isEqualTo(200);
        for (String path : new String[] {
            "/private", "/", "/news", "/pages/ABC", "/pages/abc/", "/pages/abc/more", "/pages/a%62c", "/pages/abc;x=1"
        }) {
            HttpResponse<String> answer = call(outside, "GET", path, "", new byte[0]);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void listedPathsAreNotFoundOnOtherPorts() {
        assertThat(post(inside, 10).statusCode()).isEqualTo(404);
        assertThat(get(inside, "/news")).isEqualTo(404);
        assertThat(get(inside, "/pages/abc")).isEqualTo(404);
    }

    @Test
    void nothingIsReachedFromOutsideUnlessAnAddressIsSet() {
        try (ConfigurableApplicationContext closed = start("")) {
            int port = Integer.parseInt(closed.getEnvironment().getRequiredProperty("local.server.port"));

            assertThat(closed.getBean(PublicConnector.class).port()).isEmpty();
            assertThat(get(port, "/private")).isEqualTo(200);
            assertThat(get(port, "/pages/abc")).isEqualTo(404);
            assertThat(post(port, 10).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aPortThatIsTakenIsTold() {
        assertThatThrownBy(() -> start("https://payments.example.com", outside))
                .hasRootCauseInstanceOf(BindException.class)
                .satisfies(failure -> assertThat(portIn(failure)).isEqualTo(outside));
    }

    private static int portIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException taken) {
                return taken.getPort();
            }
        }
        return -1;
    }

    @Test
    void aBodyThatSaysItIsTooLongIsNotRead() throws IOException {
        String answer = raw(
                ascii("POST /news HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000\r\n\r\n"),
                ascii("x".repeat(2_000)));

        assertThat(answer).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aBodyOfUnknownLengthIsReadNoFurtherThanAllowed() throws IOException {
        String chunk = "1f4\r\n" + "x".repeat(500) + "\r\n";
        String answer = raw(
                ascii("POST /news HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"), ascii(chunk.repeat(3)));

        assertThat(answer).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aBodyOfUnknownLengthComesWhole() throws IOException {
        String answer = raw(
                ascii("POST /news HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"),
                ascii("5\r\nhello\r\n3\r\nyou\r\n0\r\n\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("8 bytes");
    }

    @Test
    void aPathThatTakesNoFormsSaysSo() {
        for (String type : List.of(
                "application/x-www-form-urlencoded",
                "APPLICATION/X-WWW-FORM-URLENCODED; charset=utf-8",
                "application/json; x=application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x")) {
            HttpResponse<String> answer = call(outside, "POST", "/news", type, ascii("Field=value"));

            assertThat(answer.statusCode()).as(type).isEqualTo(415);
            assertThat(answer.headers().firstValue("Field")).isEmpty();
        }
    }

    @Test
    void aFormTellsItsLength() throws IOException {
        String answer = raw(
                ascii("POST /pages/abc HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"),
                ascii("a\r\nbutton=yes\r\n0\r\n\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 411 ");
    }

    @Test
    void aSenderThatFallsSilentIsCutOff() throws IOException {
        String answer = raw(ascii("POST /news HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"), ascii("x"));

        assertThat(answer).doesNotContain("200").doesNotContain("bytes");
    }
}

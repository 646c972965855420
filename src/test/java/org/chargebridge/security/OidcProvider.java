package org.chargebridge.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A provider of OpenID Connect that lets the same person in at once, without asking. */
final class OidcProvider implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService answering = Executors.newCachedThreadPool();
    private volatile RSAKey key;
    private int keys;
    private final RSAKey another;
    private volatile String nonce = "";
    private volatile String redirectedTo = "";
    private volatile String answer = "code=a-code";
    private volatile boolean forged;
    /** How the paths begin that it answers with an error, or not at all. */
    private volatile Optional<String> failing = Optional.empty();

    private volatile Optional<String> hanging = Optional.empty();
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile UnaryOperator<JWTClaimsSet.Builder> change = UnaryOperator.identity();

    OidcProvider() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        another = new RSAKeyGenerator(2048).keyID("one").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", this::discovery);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext("/keys", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
        server.setExecutor(answering);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Honest, and up, from now on. */
    void honest() {
        forged = false;
        answer = "code=a-code";
        isDown(false);
        hanging = Optional.empty();
        held.countDown();
        change = UnaryOperator.identity();
    }

    /** Says from now on that they are in these groups. */
    void groups(Object... names) {
        says(claims -> claims.claim("groups", Arrays.asList(names)));
    }

    /** What it says otherwise than it should, from now on. */
    void says(UnaryOperator<JWTClaimsSet.Builder> otherwise) {
        UnaryOperator<JWTClaimsSet.Builder> before = change;
        change = claims -> otherwise.apply(before.apply(claims));
    }

    /** Under an id that nobody knows yet. */
    void signsWithANewKey() {
        try {
            key = new RSAKeyGenerator(2048).keyID("key-" + ++keys).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether tokens are signed by somebody else. */
    void forges(boolean yes) {
        forged = yes;
    }

    /** Sends them back with this error instead of a code, encoded already. */
    void refusesWith(String error) {
        answer = "error=" + error;
    }

    /** Whether it answers whatever it is asked with an error. */
    void isDown(boolean yes) {
        failing = yes ? Optional.of("/") : Optional.empty();
    }

    /** Answers with an error from now on whatever it is asked on paths that begin so. */
    void failsAt(String path) {
        failing = Optional.of(path);
    }

    /** Takes connections and says nothing on paths that begin so, until it is honest again. */
    void hangsAt(String path) {
        held = new CountDownLatch(1);
        hanging = Optional.of(path);
    }

    /** Where the last login was to lead back to. */
    String redirectedTo() {
        return redirectedTo;
    }

    private void discovery(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256"]}
                """
                        .formatted(address()));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = new HashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            asked.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        nonce = asked.get("nonce");
        redirectedTo = asked.get("redirect_uri");
        exchange.getResponseHeaders()
                .add(
                        "Location",
                        asked.get("redirect_uri") + "?" + answer + "&state="
                                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        long now = System.currentTimeMillis();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(address())
                .audience("chargebridge")
                .subject("4711")
                .claim("preferred_username", "kari@example.com")
                .claim("nonce", nonce)
                .issueTime(new Date(now))
                .expirationTime(new Date(now + 60_000));
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                change.apply(claims).build());
        try {
            token.sign(new RSASSASigner(forged ? another : key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        answer(
                exchange,
                "{\"access_token\": \"an-access-token\", \"token_type\": \"Bearer\", \"expires_in\": 60, \"id_token\": \""
                        + token.serialize() + "\"}");
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        String path = exchange.getRequestURI().getPath();
        if (hanging.filter(path::startsWith).isPresent()) {
            try {
                held.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        boolean down = failing.filter(path::startsWith).isPresent();
        exchange.sendResponseHeaders(down ? 503 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        honest();
        server.stop(0);
        answering.shutdownNow();
    }
}

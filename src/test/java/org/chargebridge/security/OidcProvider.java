package org.chargebridge.security;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A provider of OpenID Connect that lets the same person in at once, without asking. */
final class OidcProvider implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService answering = Executors.newCachedThreadPool();
    private volatile RSAKey key;
    private int keys;
    private final List<ECKey> curves = new ArrayList<>();
    private volatile List<JWSAlgorithm> signatures = List.of(JWSAlgorithm.RS256);
    private volatile Algorithm algorithm = JWSAlgorithm.RS256;
    private final RSAKey another;
    private volatile String nonce = "";
    private volatile String challenge = "";
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
        for (Curve curve : List.of(Curve.P_256, Curve.P_384, Curve.P_521)) {
            curves.add(new ECKeyGenerator(curve).keyID(curve.getName()).generate());
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", this::discovery);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext("/keys", exchange -> answer(exchange, published()));
        server.setExecutor(answering);
        server.start();
    }

    private String published() {
        List<JWK> all = new ArrayList<>(curves);
        all.add(key);
        return new JWKSet(all).toString();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Honest, and up, from now on. */
    void honest() {
        forged = false;
        algorithm = JWSAlgorithm.RS256;
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

    /** What it says that it signs with, from now on. */
    void signsWith(JWSAlgorithm... algorithms) {
        signatures = List.of(algorithms);
    }

    /** What its next tokens are signed with, whatever it says. */
    void signs(Algorithm with) {
        algorithm = with;
    }

    private void discovery(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": [%2$s]}
                """
                        .formatted(
                                address(),
                                signatures.stream()
                                        .map(each -> '"' + each.getName() + '"')
                                        .collect(Collectors.joining(", "))));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        nonce = asked.get("nonce");
        challenge = asked.get("code_challenge_method") + " " + asked.get("code_challenge");
        redirectedTo = asked.get("redirect_uri");
        exchange.getResponseHeaders()
                .add(
                        "Location",
                        asked.get("redirect_uri") + "?" + answer + "&state="
                                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    /** As providers do that insist on proof keys: who shows a code must know what it was asked for with (RFC 7636). */
    private boolean provesItsCode(HttpExchange exchange) throws IOException {
        String verifier = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                .get("code_verifier");
        return verifier != null
                && challenge.equals(
                        "S256 " + CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier)));
    }

    private void token(HttpExchange exchange) throws IOException {
        if (!provesItsCode(exchange)) {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
            return;
        }
        long now = System.currentTimeMillis();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(address())
                .audience("chargebridge")
                .subject("4711")
                .claim("preferred_username", "kari@example.com")
                .claim("nonce", nonce)
                .issueTime(new Date(now))
                .expirationTime(new Date(now + 60_000));
        String token = signed(change.apply(claims).build());
        answer(
                exchange,
                "{\"access_token\": \"an-access-token\", \"token_type\": \"Bearer\", \"expires_in\": 60, \"id_token\": \""
                        + token + "\"}");
    }

    private String signed(JWTClaimsSet claims) {
        if (algorithm.equals(Algorithm.NONE)) {
            return new PlainJWT(claims).serialize();
        }
        try {
            String id = key.getKeyID();
            JWSSigner signer;
            if (JWSAlgorithm.Family.EC.contains(algorithm)) {
                ECKey curve = curves.stream()
                        .filter(each ->
                                Curve.forJWSAlgorithm((JWSAlgorithm) algorithm).contains(each.getCurve()))
                        .findFirst()
                        .orElseThrow();
                id = curve.getKeyID();
                signer = new ECDSASigner(curve);
            } else if (JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
                // With what everybody can fetch from it, in place of a secret.
                signer = new MACSigner(key.toRSAPublicKey().getEncoded());
            } else {
                signer = new RSASSASigner(forged ? another : key);
            }
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder((JWSAlgorithm) algorithm).keyID(id).build(), claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
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

package org.chargebridge.simulator.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page behind {@code vippsConfirmationUrl}: what the app would show, with one button for each answer. */
final class ConfirmationPage {

    private static final Pattern PATH = Pattern.compile("/simulator/confirm/([^/]+)");
    private static final String HTML = "text/html; charset=utf-8";

    private final Customers customers;

    ConfirmationPage(Customers customers) {
        this.customers = customers;
    }

    static String path(String agreementId) {
        return "/simulator/confirm/" + agreementId;
    }

    /** Empty for any other address. */
    Optional<Reply> answer(Call call) {
        Matcher path = PATH.matcher(call.path());
        if (!path.matches()) {
            return Optional.empty();
        }
        Optional<Agreement> agreement = customers.agreement(path.group(1));
        if (agreement.isEmpty()) {
            return Optional.of(page(404, "Not found", "<p>There is no such agreement.</p>"));
        }
        return Optional.of(call.method().equals("POST") ? answered(call, agreement.get()) : shown(agreement.get()));
    }

    private Reply answered(Call call, Agreement agreement) {
        Map<String, String> form = form(new String(call.body(), StandardCharsets.UTF_8));
        if (agreement.status() == Agreement.Status.PENDING) {
            if ("accept".equals(form.get("answer"))) {
                customers.accept(agreement.id(), Integer.parseInt(form.getOrDefault("maxAmount", "0")));
            } else {
                customers.reject(agreement.id());
            }
        }
        return Reply.empty(303).with("Location", agreement.termsOrDemo().merchantRedirectUrl());
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (first, second) -> second));
    }

    private static Reply shown(Agreement agreement) {
        Terms terms = agreement.termsOrDemo();
        String name = escaped(terms.productName());
        if (agreement.status() != Agreement.Status.PENDING) {
            return page(200, name, "<p>This agreement is " + agreement.status() + ".</p>");
        }
        String maximum = agreement.pricing() == Agreement.Pricing.VARIABLE
                ? "<p><label>At most (minor units) <input type=\"number\" name=\"maxAmount\" min=\"100\" value=\""
                        + agreement.price() + "\"></label></p>"
                : "";
        String interval =
                Optional.ofNullable(terms.interval()).map(Terms.Interval::text).orElse("whenever it is used");
        return page(
                200,
                name,
                """
                <p>%s</p><p>%s, %s</p>
                <form method="post">%s
                <button name="answer" value="accept">Accept</button>
                <button name="answer" value="reject">Reject</button>
                </form>"""
                        .formatted(
                                escaped(Optional.ofNullable(terms.productDescription())
                                        .orElse("")),
                                price(agreement),
                                interval,
                                maximum));
    }

    private static String price(Agreement agreement) {
        String amount = "%d.%02d %s".formatted(agreement.price() / 100, agreement.price() % 100, agreement.currency());
        return switch (agreement.pricing()) {
            case LEGACY -> amount;
            case VARIABLE -> "up to " + amount;
            case FLEXIBLE -> "any amount in " + agreement.currency();
        };
    }

    private static Reply page(int status, String title, String body) {
        return Reply.rendered(
                status,
                HTML,
                "<!doctype html><html lang=\"en\"><head><title>" + title + "</title></head><body><h1>" + title + "</h1>"
                        + body + "<p>This is a simulator; nobody pays anything.</p></body></html>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

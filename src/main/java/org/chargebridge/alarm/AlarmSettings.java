package org.chargebridge.alarm;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How alarms are found and told: {@code chargebridge.alarm}.
 *
 * @param interval how often the ledger is looked at
 * @param hold how long a cause must hold, or be gone, before it is told
 * @param atMostEvery between two messages; what comes meanwhile stands in one
 * @param language of messages: en, nb, da or fi
 * @param failsFor how long the API, an SFTP server, a delivery or a report may be late before that is an alarm
 */
@ConfigurationProperties("chargebridge.alarm")
public record AlarmSettings(
        @DefaultValue("30s") Duration interval,
        @DefaultValue("30s") Duration hold,
        @DefaultValue("1m") Duration atMostEvery,
        @DefaultValue("en") String language,
        @DefaultValue("30m") Duration failsFor,
        @DefaultValue Mail mail,
        @DefaultValue Webhook webhook) {

    static final String PREFIX = "chargebridge.alarm.";

    private static final Map<String, Locale> LANGUAGES = Map.of(
            "en", Locale.ENGLISH,
            "nb", Locale.forLanguageTag("nb"),
            "da", Locale.forLanguageTag("da"),
            "fi", Locale.forLanguageTag("fi"));

    public AlarmSettings {
        positive("interval", interval, "30s");
        positive("at-most-every", atMostEvery, "1m");
        if (hold.isNegative() || failsFor.isNegative()) {
            throw new IllegalArgumentException(
                    PREFIX + (hold.isNegative() ? "hold" : "fails-for") + " is less than 0s; set 0s or more");
        }
        if (!LANGUAGES.containsKey(language.strip())) {
            throw new IllegalArgumentException(
                    PREFIX + "language is '" + language + "', which is not one of en, nb, da, fi");
        }
    }

    private static void positive(String name, Duration value, String otherwise) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    PREFIX + name + " is " + value + "; set more than 0s, by default " + otherwise);
        }
    }

    Locale locale() {
        return LANGUAGES.get(language.strip());
    }

    /**
     * By mail, where {@code to} is set.
     *
     * @param to receivers
     * @param from the sender's address
     * @param host the mail server
     * @param port 0: 587, or 465 with {@code tls}, or 25 without encryption
     * @param encryption starttls, tls or none
     */
    public record Mail(
            @DefaultValue List<String> to,
            @DefaultValue("") String from,
            @DefaultValue("") String host,
            @DefaultValue("0") int port,
            @DefaultValue("") String user,
            @DefaultValue("") String password,
            @DefaultValue("starttls") String encryption) {

        public Mail {
            to = to.stream()
                    .map(String::strip)
                    .filter(address -> !address.isEmpty())
                    .toList();
            if (!to.isEmpty()) {
                required("from", from, "the address that alarms come from");
                required("host", host, "the mail server");
            }
            List<String> addresses = new ArrayList<>(to);
            if (!from.isBlank()) {
                addresses.add(from.strip());
            }
            for (String address : addresses) {
                if (!address.matches("[^@\\s<>,]+@[^@\\s<>,]+")) {
                    throw new IllegalArgumentException(PREFIX + "mail: '" + address
                            + "' is not a mail address; write it like operations@example.com");
                }
            }
            if (!List.of("starttls", "tls", "none").contains(encryption)) {
                throw new IllegalArgumentException(
                        PREFIX + "mail.encryption is '" + encryption + "', which is not one of starttls, tls, none");
            }
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException(PREFIX + "mail.port is " + port + ", which is not a port");
            }
        }

        private static void required(String name, String value, String what) {
            if (value.isBlank()) {
                throw new IllegalArgumentException(
                        PREFIX + "mail." + name + " is not set; set " + what + ", or remove " + PREFIX + "mail.to");
            }
        }

        boolean isSet() {
            return !to.isEmpty();
        }

        int portOrUsual() {
            if (port != 0) {
                return port;
            }
            return switch (encryption) {
                case "tls" -> 465;
                case "none" -> 25;
                default -> 587;
            };
        }
    }

    /**
     * By a POST of JSON, where {@code url} is set.
     *
     * @param url may hold a secret itself, and is never logged
     * @param secret signs each message; none without it
     */
    public record Webhook(@DefaultValue("") String url, @DefaultValue("") String secret) {

        public Webhook {
            if (!url.isBlank() && !isAddress(url.strip())) {
                throw new IllegalArgumentException(PREFIX
                        + "webhook.url is not an address; write it like https://alarms.example.com/chargebridge");
            }
        }

        private static boolean isAddress(String url) {
            try {
                URI address = URI.create(url);
                return address.getHost() != null && List.of("http", "https").contains(address.getScheme());
            } catch (IllegalArgumentException notAnAddress) {
                return false;
            }
        }

        boolean isSet() {
            return !url.isBlank();
        }
    }
}

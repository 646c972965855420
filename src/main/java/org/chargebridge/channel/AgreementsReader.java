package org.chargebridge.channel;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how a channel's agreements come to be known, and how new ones are offered. */
final class AgreementsReader {

    private static final Pattern HTTPS = Pattern.compile("https://[^\\s/]+\\S*");
    private static final Pattern HTTPS_OR_APP =
            Pattern.compile("https://[^\\s/]+\\S*|(?!http:)[a-z][a-z0-9+.-]*://\\S*");

    private final Fields fields;
    private final RawChannel raw;
    private final Optional<String> publicUrl;

    AgreementsReader(Fields fields, RawChannel raw, Optional<String> publicUrl) {
        this.fields = fields;
        this.raw = raw;
        this.publicUrl = publicUrl;
    }

    Channel.Agreements read(String channelName) {
        return new Channel.Agreements(
                fields.flag("import-agreements", raw.importAgreements(), false),
                fields.oneOf(
                        "draft",
                        raw.draft(),
                        Channel.DraftWay.LINK,
                        Map.of("link", Channel.DraftWay.LINK, "direct", Channel.DraftWay.DIRECT)),
                publicUrl,
                address("redirect-url", raw.redirectUrl(), HTTPS_OR_APP, 2_048),
                address("agreement-url", raw.agreementUrl(), HTTPS, 1_024),
                fields.text("seller-name", raw.sellerName(), channelName, 60));
    }

    private Optional<String> address(String key, String value, Pattern pattern, int lengthMax) {
        Optional<String> given = Fields.given(value);
        if (given.filter(text ->
                        text.length() > lengthMax || !pattern.matcher(text).matches())
                .isPresent()) {
            fields.wrong(
                    key,
                    given.get(),
                    "is not an https address of at most " + lengthMax + " characters",
                    "Write it like https://www.example.com/agreements.");
        }
        return given;
    }
}

package org.chargebridge.draft;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.ledger.Draft;
import org.chargebridge.recurring.Pricing;
import org.chargebridge.recurring.TimePeriod;

/** The page that a customer sees: what is offered, by whom, at what price, and one button. */
final class OfferPage {

    private static final List<Locale> LANGUAGES = List.of(
            Locale.ENGLISH, Locale.forLanguageTag("nb"), Locale.forLanguageTag("da"), Locale.forLanguageTag("fi"));
    private static final Map<String, String> SAME = Map.of("no", "nb", "nn", "nb");

    private OfferPage() {}

    /** The first of the browser's languages that a page is written in. */
    static Locale language(String wanted, Locale otherwise) {
        if (wanted == null || wanted.isBlank()) {
            return otherwise;
        }
        try {
            List<Locale.LanguageRange> ranges = new ArrayList<>();
            for (Locale.LanguageRange range : Locale.LanguageRange.parse(wanted)) {
                String language = range.getRange().split("-")[0];
                ranges.add(new Locale.LanguageRange(SAME.getOrDefault(language, language), range.getWeight()));
            }
            return Optional.ofNullable(Locale.lookup(ranges, LANGUAGES)).orElse(otherwise);
        } catch (IllegalArgumentException notLanguages) {
            return otherwise;
        }
    }

    static String unknown(Locale language) {
        return page(language, text(language, "unknown"), "");
    }

    /** Of what is not offered any more, so without its price. */
    static String over(Draft draft, Channel channel, Locale language) {
        String text = text(language, "over", channel.agreements().sellerName());
        return page(language, draft.term("product_name").orElse(""), paragraph(text));
    }

    static String of(Draft draft, Channel channel, Locale language, boolean pressed) {
        String product = draft.term("product_name").orElse("");
        StringBuilder body = new StringBuilder();
        body.append(paragraph(text(language, "offers", channel.agreements().sellerName())));
        draft.term("product_description").ifPresent(description -> body.append(paragraph(description)));
        body.append(paragraph(price(draft, language)));
        draft.term("initial_amount")
                .ifPresent(amount -> body.append(
                        paragraph(text(language, "initial", money(Long.parseLong(amount), draft, language)))));
        switch (draft.state()) {
            case OFFERED, EXPIRED, STOPPED, PENDING -> {
                if (pressed) {
                    body.append(paragraph(text(language, "later")));
                }
                body.append("<form method=\"post\"><button>")
                        .append(escape(text(language, "button")))
                        .append("</button></form>");
            }
            case READY, SENDING, UNKNOWN -> body.append(paragraph(text(language, "moment")));
            case ACTIVE -> body.append(paragraph(text(language, "active")));
            case REFUSED ->
                body.append(
                        paragraph(text(language, "refused", channel.agreements().sellerName())));
        }
        return page(language, product, body.toString());
    }

    private static String price(Draft draft, Locale language) {
        Pricing pricing = DraftTerms.pricing(draft);
        String every = DraftTerms.interval(draft)
                .map(interval -> every(interval, language))
                .orElse("");
        if (pricing instanceof Pricing.Legacy legacy) {
            return text(language, "price", money(legacy.amountMinor(), draft, language)) + every;
        }
        if (pricing instanceof Pricing.Variable variable) {
            return text(language, "variable", money(variable.suggestedMaxMinor(), draft, language)) + every;
        }
        return text(language, "flexible") + every;
    }

    private static String every(TimePeriod interval, Locale language) {
        return " " + text(language, "every." + interval.unit().name(), interval.count());
    }

    private static String money(long minor, Draft draft, Locale language) {
        String text = MinorUnits.toDecimalString(minor);
        return (language.equals(Locale.ENGLISH) ? text : text.replace('.', ',')) + "\u00A0" + draft.currency();
    }

    private static String text(Locale language, String key, Object... arguments) {
        ResourceBundle bundle = ResourceBundle.getBundle(
                "org.chargebridge.draft.offer",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new MessageFormat(bundle.getString(key), language).format(arguments);
    }

    private static String paragraph(String text) {
        return "<p>" + escape(text) + "</p>";
    }

    private static String page(Locale language, String title, String body) {
        return "<!doctype html><html lang=\"" + language.toLanguageTag() + "\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta name=\"robots\" content=\"noindex\"><title>" + escape(title) + "</title><style>"
                + "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:10vh auto;padding:0 1rem;color:#222}"
                + "button{font:inherit;font-weight:600;padding:.7rem 1.6rem;border:0;border-radius:2rem;background:#2b2b8f;"
                + "color:#fff;cursor:pointer}</style></head><body><h1>" + escape(title) + "</h1>" + body
                + "</body></html>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

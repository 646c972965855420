package org.chargebridge.charge;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences people read for a reason, in English, Norwegian, Danish or Finnish. */
public final class ReasonTexts {

    private static final String BUNDLE = "org.chargebridge.charge.reasons";
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private static final int MAX_ARGUMENTS = 5;
    private static final String NOT_GIVEN = "-";

    private ReasonTexts() {}

    /** What happened. */
    public static String text(Reason reason, Locale language) {
        return format(reason, "text", language);
    }

    /** What to do next. */
    public static String remedy(Reason reason, Locale language) {
        return format(reason, "remedy", language);
    }

    /** What happened and what to do: in English, then in the language where that is another. */
    public static String inBoth(Reason reason, Locale language) {
        String english = text(reason, Locale.ENGLISH) + " " + remedy(reason, Locale.ENGLISH);
        if (language.getLanguage().equals("en")) {
            return english;
        }
        return english + " | " + text(reason, language) + " " + remedy(reason, language);
    }

    private static String format(Reason reason, String part, Locale language) {
        ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, language, NO_FALLBACK);
        List<String> arguments = reason.arguments().stream()
                .map(argument -> Detail.Kept.of(argument)
                        .map(kept -> fill(bundle, "detail." + kept.detail(), language, kept.arguments()))
                        .orElse(argument))
                .toList();
        return fill(bundle, reason.code().name() + "." + part, language, arguments);
    }

    private static String fill(ResourceBundle bundle, String key, Locale language, List<String> given) {
        Object[] arguments = Arrays.copyOf(given.toArray(), MAX_ARGUMENTS);
        Arrays.fill(arguments, Math.min(given.size(), MAX_ARGUMENTS), MAX_ARGUMENTS, NOT_GIVEN);
        return new MessageFormat(bundle.getString(key), language).format(arguments);
    }
}

package org.chargebridge.charge;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * What came of an order of a person, in a sentence that every reader can have in their language.
 *
 * @param arguments texts, numbers, days, states, {@link Reason reasons} and other outcomes, as its placeholders ask
 */
public record OrderOutcome(OutcomeSentence sentence, List<Object> arguments) {

    private static final String BUNDLE = "org.chargebridge.charge.outcomes";
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    public OrderOutcome {
        arguments = List.copyOf(arguments);
    }

    /** As the audit trail, the log and REST have it. */
    public String english() {
        return in(Locale.ENGLISH);
    }

    /** In English where there is none in the language. */
    public String in(Locale language) {
        ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, language, NO_FALLBACK);
        Object[] told = arguments.stream()
                .map(argument -> told(argument, bundle, language))
                .toArray();
        return new MessageFormat(bundle.getString(sentence.name()), language)
                .format(told)
                .strip();
    }

    private static String told(Object argument, ResourceBundle bundle, Locale language) {
        if (argument instanceof OrderOutcome outcome) {
            return outcome.in(language);
        }
        if (argument instanceof Reason reason) {
            return ReasonTexts.text(reason, language) + " " + ReasonTexts.remedy(reason, language);
        }
        // Numbers too as they are: one that is copied into a search has no blanks in it.
        return argument instanceof Enum<?> word && bundle.containsKey("word." + word.name())
                ? bundle.getString("word." + word.name())
                : String.valueOf(argument);
    }
}

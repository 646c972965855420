package org.chargebridge.alarm;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.OneLine;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.charge.ReasonTexts;
import org.chargebridge.ledger.Alarm.Finding;

/** One finding in words of English, Norwegian, Danish or Finnish. */
public record AlarmText(Finding finding, Locale language) {

    private static final String BUNDLE = "org.chargebridge.alarm.alarms";
    private static final int ARGUMENTS_MAX = 6;
    private static final String NOT_GIVEN = "-";

    /** A few words, for the subject of a mail. */
    public String title() {
        return word(language, finding.kind() + ".title");
    }

    /** What is wrong. */
    public String sentence() {
        String own = word(language, finding.kind() + ".text", arguments());
        return told().map(reason -> own + " " + OneLine.marked(ReasonTexts.text(reason, language)))
                .orElse(own);
    }

    /** What to do. */
    public String remedy() {
        return finding.reason()
                .map(reason -> OneLine.marked(ReasonTexts.remedy(reason, language)))
                .orElseGet(() -> word(language, finding.kind() + ".remedy", arguments()));
    }

    /** One that names a text of the kind's own stands for it. */
    private Object[] arguments() {
        return finding.arguments().stream()
                .map(argument -> argument.startsWith(finding.kind() + ".") ? word(language, argument) : argument)
                .toArray();
    }

    /** A file without a header begins with somebody's name or number, which is not to be quoted. */
    private Optional<Reason> told() {
        return finding.reason().filter(reason -> reason.code() != ReasonCode.FILE_LAYOUT_UNKNOWN);
    }

    Optional<String> amount() {
        return finding.amount().map(amount -> {
            String text = MinorUnits.toDecimalString(amount.minor());
            return (language.equals(Locale.ENGLISH) ? text : text.replace('.', ',')) + " " + amount.currency();
        });
    }

    /** A text of the bundle. */
    static String word(Locale language, String key, Object... given) {
        ResourceBundle bundle = ResourceBundle.getBundle(
                BUNDLE,
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        Object[] arguments = Arrays.copyOf(List.of(given).toArray(), ARGUMENTS_MAX);
        Arrays.fill(arguments, Math.min(given.length, ARGUMENTS_MAX), ARGUMENTS_MAX, NOT_GIVEN);
        return new MessageFormat(bundle.getString(key), language).format(arguments);
    }
}

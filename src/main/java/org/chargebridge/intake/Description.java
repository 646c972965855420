package org.chargebridge.intake;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Action;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.OneLine;

/** The text the payer sees: the sender's, or the document number with the market's word for an invoice. */
public final class Description {

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cf}\\uFFFD" + OneLine.BREAK + "]+");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    private Description() {}

    /** Control characters out, blanks joined, in NFC: the sender's text as it counts for comparing. */
    public static String tidy(String text) {
        if (isTidy(text)) {
            return text;
        }
        String withoutControls = CONTROLS.matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                .replaceAll(" ");
        return BLANKS.matcher(withoutControls).replaceAll(" ").strip();
    }

    /** Whether it is ASCII without control characters, each blank alone and between words. */
    private static boolean isTidy(String text) {
        boolean blankBefore = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = c == ' ';
            if (c < ' ' || c > '~' || blank && blankBefore) {
                return false;
            }
            blankBefore = blank;
        }
        return text.isEmpty() || !blankBefore;
    }

    /** Fills the channel's template and cuts it, never inside what a reader takes for one character. */
    public static String render(Channel channel, String tidyText, String documentNumber) {
        String word = channel.currency() == Currency.EUR ? "Lasku " : "Faktura ";
        String standard = word + documentNumber;
        String filled = tidy(channel.defaults()
                .descriptionTemplate()
                .replace("{documentNumber}", documentNumber)
                .replace("{text}", tidyText.isEmpty() ? standard : tidyText));
        return cut(filled.isEmpty() ? standard : filled, channel.defaults().descriptionLengthMax());
    }

    /** What a customer reads beside money that comes back; other operations carry the sender's text only. */
    static String ofOperation(Channel channel, Action action, String tidyText, String documentNumber) {
        if (action != Action.REFUND || !tidyText.isEmpty()) {
            return cut(tidyText, channel.defaults().descriptionLengthMax());
        }
        String word =
                switch (channel.language().getLanguage()) {
                    case "nb" -> "Tilbakebetaling ";
                    case "da" -> "Tilbagebetaling ";
                    case "fi" -> "Hyvitys ";
                    default -> "Refund ";
                };
        return cut((word + documentNumber).strip(), channel.defaults().descriptionLengthMax());
    }

    private static String cut(String text, int codePoints) {
        if (text.codePointCount(0, text.length()) <= codePoints) {
            return text;
        }
        int end = text.offsetByCodePoints(0, codePoints);
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        int cut = characters.isBoundary(end) ? end : characters.preceding(end);
        return text.substring(0, cut <= 0 ? end : cut).strip();
    }
}

package org.chargebridge.charge;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTextsTest {

    private static final List<Locale> LANGUAGES =
            Stream.of("en", "nb", "da", "fi").map(Locale::forLanguageTag).toList();
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)}");

    static Stream<Locale> languages() {
        return LANGUAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyReasonSaysWhatHappenedAndWhatToDoInWholeSentences(Locale language) {
        for (ReasonCode code : ReasonCode.values()) {
            Reason reason = Reason.of(code, "A0", "A1", "A2", "A3", "A4");
            for (String sentence : List.of(ReasonTexts.text(reason, language), ReasonTexts.remedy(reason, language))) {
                assertThat(sentence)
                        .as("%s in %s", code, language)
                        .hasSizeGreaterThan(10)
                        .endsWith(".")
                        .doesNotContain("{", "}", "''", "|", "\uFFFD");
                assertThat(Character.isUpperCase(sentence.codePointAt(0))).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyLanguageNamesTheSameArgumentsAsEnglish(Locale language) {
        for (ReasonCode code : ReasonCode.values()) {
            assertThat(arguments(code, language))
                    .as("%s in %s", code, language)
                    .isEqualTo(arguments(code, Locale.ENGLISH));
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void noLanguageHoldsTextsOfReasonsThatDoNotExist(Locale language) {
        Set<String> known = new HashSet<>();
        Arrays.stream(ReasonCode.values()).forEach(code -> {
            known.add(code + ".text");
            known.add(code + ".remedy");
        });
        Arrays.stream(Detail.values()).map(detail -> "detail." + detail).forEach(known::add);

        assertThat(known).containsAll(bundle(language).keySet());
    }

    @Test
    void anApostropheReachesTheReader() {
        for (Locale language : LANGUAGES) {
            ResourceBundle bundle = bundle(language);
            for (String key : bundle.keySet()) {
                long written =
                        bundle.getString(key).chars().filter(c -> c == '\'').count();
                long read = new MessageFormat(bundle.getString(key), language)
                        .format(new Object[5])
                        .chars()
                        .filter(c -> c == '\'')
                        .count();
                assertThat(read * 2).as("%s in %s", key, language).isEqualTo(written);
            }
        }
    }

    @Test
    void argumentsThatWereNotGivenLeaveASentenceThatCanBeRead() {
        assertThat(ReasonTexts.text(Reason.of(ReasonCode.REFUSED_BY_API, 400), Locale.ENGLISH))
                .isEqualTo("Vipps MobilePay refused the charge (status 400): -. Nothing is collected.");
        assertThat(ReasonTexts.text(Reason.of(ReasonCode.NOT_CREATED, 1, 2, 3, 4, 5, 6, 7), Locale.ENGLISH))
                .startsWith("Vipps MobilePay has no such charge");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void aDetailIsToldInTheReadersLanguage(Locale language) {
        for (Detail detail : Detail.values()) {
            Reason reason = Reason.of(ReasonCode.RECORD_MALFORMED, 7, detail.of("A0", "A1"));
            String sentence = ReasonTexts.text(reason, language);

            assertThat(sentence).contains("7").doesNotContain("\u001F", "detail", detail.name(), "{", "?.");
            if (!language.equals(Locale.ENGLISH)) {
                assertThat(sentence).doesNotContain(bundle(Locale.ENGLISH).getString("detail." + detail));
            }
        }
    }

    @Test
    void aDetailThatNeedsNoArgumentIsToldWithoutOne() {
        assertThat(ReasonTexts.text(
                        Reason.of(ReasonCode.RECORD_MALFORMED, 7, Detail.QUOTE_NOT_CLOSED.of()), Locale.ENGLISH))
                .doesNotContain("\u001F", "detail", "QUOTE_NOT_CLOSED");
    }

    @Test
    void aDetailNamesItsNumbersAndOtherArgumentsStayAsTheyAre() {
        assertThat(ReasonTexts.text(
                        Reason.of(ReasonCode.RECORD_MALFORMED, 7, Detail.TOO_MANY_CELLS.of(11, 10)),
                        Locale.forLanguageTag("nb")))
                .isEqualTo("Linje 7 kan ikke leses: den har 11 celler, overskriften har 10; en tekst som inneholder"
                        + " skilletegnet, må stå i anførselstegn.");
        assertThat(ReasonTexts.text(Reason.of(ReasonCode.RECORD_MALFORMED, 7, "detail\u001Fmine"), Locale.ENGLISH))
                .isEqualTo("Line 7 cannot be read: detail\u001Fmine.");
    }

    @Test
    void anotherLanguageFollowsTheEnglish() {
        Reason reason = Reason.of(ReasonCode.FIELD_MISSING, "due_date");

        assertThat(ReasonTexts.inBoth(reason, Locale.ENGLISH))
                .isEqualTo("The column due_date is empty. Fill it in and send the line again.");
        assertThat(ReasonTexts.inBoth(reason, Locale.forLanguageTag("nb")))
                .isEqualTo("The column due_date is empty. Fill it in and send the line again."
                        + " | Kolonnen due_date er tom. Fyll den ut og send linjen på nytt.");
    }

    private static Set<String> arguments(ReasonCode code, Locale language) {
        Set<String> found = new HashSet<>();
        Matcher matcher = ARGUMENT.matcher(bundle(language).getString(code + ".text"));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(
                "org.chargebridge.charge.reasons",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}

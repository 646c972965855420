package org.chargebridge.charge;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever orders something reads in their language what came of it; what is kept of it is English. */
class OrderOutcomeTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)}");
    private static final String WORD = "word.";

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(
                "org.chargebridge.charge.outcomes",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    private static Set<String> placeholders(ResourceBundle bundle, String key) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(bundle.getString(key));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "nb", "da", "fi"})
    void everyOutcomeHasASentenceThatNamesTheSame(String tag) {
        Locale language = Locale.forLanguageTag(tag);
        ResourceBundle bundle = bundle(language);
        ResourceBundle english = bundle(Locale.ENGLISH);
        assertThat(bundle.keySet().stream().filter(key -> !key.startsWith(WORD)))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(OutcomeSentence.values()).map(Enum::name).toList());
        for (OutcomeSentence sentence : OutcomeSentence.values()) {
            Set<String> named = placeholders(english, sentence.name());
            assertThat(placeholders(bundle, sentence.name()))
                    .as(sentence.name())
                    .isEqualTo(named);
            assertThat(named)
                    .as(sentence.name())
                    .hasSameElementsAs(IntStream.range(0, named.size())
                            .mapToObj(String::valueOf)
                            .toList());
            String told = sentence.of((Object[]) "ABCDEFGHI".split("")).in(language);
            named.forEach(number -> assertThat(told).contains("ABCDEFGHI".split("")[Integer.parseInt(number)]));
            assertThat(told).as(sentence.name()).doesNotContain("{", "}", "\uFFFD");
            if (Character.isUpperCase(english.getString(sentence.name()).charAt(0))) {
                assertThat(told.replaceFirst(" ?[A-I]$", "."))
                        .as(sentence.name())
                        .endsWith(".");
            }
            if (!tag.equals("en")) {
                assertThat(bundle.getString(sentence.name()))
                        .as(sentence.name())
                        .isNotEqualTo(english.getString(sentence.name()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "nb", "da", "fi"})
    void anApostropheReachesTheReader(String tag) {
        ResourceBundle bundle = bundle(Locale.forLanguageTag(tag));
        for (String key : bundle.keySet()) {
            String read = new MessageFormat(bundle.getString(key)).format(new Object[0]);
            assertThat(read).as(key).isEqualTo(bundle.getString(key).replace("''", "'"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "nb", "da", "fi"})
    void everyStateThatASentenceNamesHasAWord(String tag) {
        ResourceBundle bundle = bundle(Locale.forLanguageTag(tag));

        Stream.of(ChargeStatus.values(), Answer.values())
                .flatMap(Arrays::stream)
                .forEach(state -> assertThat(bundle.containsKey(WORD + state))
                        .as(state.toString())
                        .isTrue());
        assertThat(bundle.keySet().stream().filter(key -> key.startsWith(WORD)))
                .containsExactlyInAnyOrderElementsOf(bundle(Locale.ENGLISH).keySet().stream()
                        .filter(key -> key.startsWith(WORD))
                        .toList());
    }

    @Test
    void whatStandsInASentenceIsToldInItsLanguage() {
        OrderOutcome outcome = OutcomeSentence.REFUSED.of(
                OutcomeSentence.LINE_JUDGED_AGAIN.of(Answer.REFUSED, Reason.of(ReasonCode.FIELD_MISSING, "due_date")));

        assertThat(outcome.english())
                .isEqualTo("Refused. The line was judged again: REFUSED."
                        + " The column due_date is empty. Fill it in and send the line again.");
        assertThat(outcome.in(Locale.forLanguageTag("nb")))
                .isEqualTo("Avslått. Linjen er vurdert på nytt: avvist."
                        + " Kolonnen due_date er tom. Fyll den ut og send linjen på nytt.");
    }

    @Test
    void aNumberIsToldAsItIsSearchedFor() {
        assertThat(OutcomeSentence.NO_LETTER.of(1234567L).in(Locale.forLanguageTag("fi")))
                .isEqualTo("Käsiteltävää 1234567 ei ole.");
    }
}

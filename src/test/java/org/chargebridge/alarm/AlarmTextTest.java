package org.chargebridge.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlarmTextTest {

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)}");

    static Stream<Locale> languages() {
        return Stream.of("en", "nb", "da", "fi").map(Locale::forLanguageTag);
    }

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(
                "org.chargebridge.alarm.alarms",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyAlarmSaysWhatIsWrongAndWhatToDoInWholeSentences(Locale language) {
        for (Kind kind : Kind.values()) {
            AlarmText text = new AlarmText(Finding.of(kind, "key", "A0", "A1", "A2", "A3"), language);
            assertThat(text.title()).as("%s in %s", kind, language).isNotBlank().doesNotEndWith(".");
            for (String sentence : Set.of(text.sentence(), text.remedy())) {
                assertThat(sentence)
                        .as("%s in %s", kind, language)
                        .hasSizeGreaterThan(10)
                        .endsWith(".")
                        .doesNotContain("{", "}", "''", "\uFFFD");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyLanguageHasTheSameTextsThatNameTheSameThings(Locale language) {
        ResourceBundle english = bundle(Locale.ENGLISH);
        ResourceBundle other = bundle(language);
        assertThat(new TreeSet<>(Collections.list(other.getKeys())))
                .isEqualTo(new TreeSet<>(Collections.list(english.getKeys())));
        for (String key : Collections.list(english.getKeys())) {
            assertThat(arguments(other.getString(key)))
                    .as("%s in %s", key, language)
                    .isEqualTo(arguments(english.getString(key)));
        }
    }

    private static Set<String> arguments(String text) {
        return ARGUMENT.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    @Test
    void everyAlarmStandsOnTheOperatorsPage() throws Exception {
        String page = Files.readString(Path.of("docs/operating/watch-alarms.md"));
        for (Kind kind : Kind.values()) {
            assertThat(page).contains("`" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`");
        }
    }
}

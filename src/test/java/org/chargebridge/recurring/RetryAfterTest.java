package org.chargebridge.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-06T08:49:07Z");
    private static final Duration CAP = Duration.ofHours(1);

    @ParameterizedTest(name = "{0} means {1} s")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "5 | 5",
                "0 | 1",
                " 120  | 120",
                "3600 | 3600",
                "3601 | 3600",
                "99999999999999999999 | 3600",
                "Fri, 06 Nov 2026 08:49:37 GMT | 30",
                "fri, 06 nov 2026 08:49:37 gmt | 30",
                "Friday, 06-Nov-26 08:49:37 GMT | 30",
                "Fri Nov  6 08:49:37 2026 | 30",
                "Fri Nov 06 08:49:37 2026 | 30",
                "Fri, 06 Nov 2026 08:49:07 GMT | 1",
                "Fri, 06 Nov 2026 08:00:00 GMT | 60",
                "Sunday, 06-Nov-94 08:49:37 GMT | 60",
                "Sat, 07 Nov 2026 08:49:37 GMT | 3600",
                "Mon, 06 Nov 2026 08:49:37 GMT | 60",
                "-5 | 60",
                "1.5 | 60",
                "soon | 60",
                "\"\" | 60",
            })
    void everyFormIsUnderstood(String value, long seconds) {
        assertThat(RetryAfter.parse(Map.of("Retry-After", value), NOW, CAP)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void withoutTheHeaderItIsAMinute() {
        assertThat(RetryAfter.parse(Map.of("Date", "5"), NOW, CAP)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void theNameCountsInAnyCaseAndTheValueInAnyType() {
        assertThat(RetryAfter.parse(Map.of("retry-AFTER", 7), NOW, CAP)).isEqualTo(Duration.ofSeconds(7));
        assertThat(RetryAfter.parse(Map.of("Retry-after", List.of("7", "9")), NOW, CAP))
                .isEqualTo(Duration.ofSeconds(9));
    }

    @Property
    void thePauseIsAlwaysBetweenASecondAndTheCap(
            @ForAll String value, @ForAll @LongRange(min = 1, max = 100_000) long capSeconds) {
        Duration cap = Duration.ofSeconds(capSeconds);
        assertThat(RetryAfter.parse(Map.of("Retry-After", value), NOW, cap)).isBetween(Duration.ofSeconds(1), cap);
    }

    @ParameterizedTest
    @CsvSource({"30, , 30", "30, 29, 30", "30, 31, 31"})
    void nobodyComesBackBeforeTheServerAskedForItNorBeforeTheirOwnPause(long own, Long asked, long pause) {
        assertThat(RetryAfter.atLeast(
                        Duration.ofSeconds(own), Optional.ofNullable(asked).map(Duration::ofSeconds)))
                .isEqualTo(Duration.ofSeconds(pause));
    }

    @ParameterizedTest(name = "{0} with {1} asks for {2} s")
    @CsvSource({
        "503, 120, 120",
        "500, 'Fri, 06 Nov 2026 08:54:07 GMT', 300",
        "504, 99999, 3600",
        "429, soon, 60",
        "503, soon,",
        "404, 120,",
        "202, 120,",
    })
    void aServerThatFailsMaySayWhenToComeBack(int status, String value, Long seconds) {
        assertThat(RetryAfter.asked(status, Map.of("retry-after", value), NOW, CAP))
                .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }
}

package org.chargebridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReliabilityPageTest {

    @Test
    void everyFailureOfTheListHasATestOfOurs() throws IOException {
        List<Integer> numbers = Pattern.compile("(?m)^\\| (\\d+) \\|.*`\\w+(?:Test|IT)`.*\\|$")
                .matcher(Files.readString(Path.of("docs/reliability.md")))
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
        List<Integer> all = IntStream.rangeClosed(1, 24).boxed().toList();
        assertThat(numbers).containsExactlyElementsOf(all);
    }
}

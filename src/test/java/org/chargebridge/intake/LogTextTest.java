package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\u001b", "\u0085", "\u009b", "\u2028", "\u2029", "\u202e"})
    void aNameBreaksNoLineAndOrdersNoTerminal(String hidden) {
        assertThat(LogText.of("a" + hidden + "b.csv")).isEqualTo("a?b.csv");
    }
}

package org.chargebridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** A service has often no locale: Java 17 would write its log in ASCII then. */
class LogCharsetTest {

    @Test
    void whereverTheLogIsJsonItIsUtf8() throws IOException {
        List<PropertySource<?>> documents =
                new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"));

        assertThat(documents)
                .filteredOn(document -> document.containsProperty("logging.structured.format.console"))
                .isNotEmpty()
                .extracting(document -> Objects.toString(document.getProperty("logging.charset.console")))
                .containsOnly("UTF-8");
    }
}

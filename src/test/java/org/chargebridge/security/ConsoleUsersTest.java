package org.chargebridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chargebridge.channel.SettingProblem;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class ConsoleUsersTest {

    private static final String GOOD = "a good password";

    private final MockEnvironment settings = new MockEnvironment();

    private ConsoleUsersTest user(String name, String password) {
        settings.setProperty("chargebridge.users." + name + ".password", password);
        settings.setProperty("chargebridge.users." + name + ".roles", "viewer");
        return this;
    }

    private List<String> problems() {
        return ConsoleUsers.read(settings, true).problems().stream()
                .map(SettingProblem::property)
                .toList();
    }

    @Test
    void namesThatDifferByCaseAloneAreOneUserAndToldSo() {
        user("Kari", GOOD).user("kari", GOOD).user("ola", GOOD);
        settings.setProperty("chargebridge.operator.user", "OLA");
        settings.setProperty("chargebridge.operator.password", GOOD);

        assertThat(problems()).containsExactly("chargebridge.users.kari", "chargebridge.operator.user");
    }

    @Test
    void aPasswordThatCannotBeHashedIsToldAtTheStart() {
        user("kari", "x".repeat(72)).user("ola", "\u00e5".repeat(37));
        settings.setProperty("chargebridge.operator.user", "boss");
        settings.setProperty("chargebridge.operator.password", "x".repeat(73));

        assertThat(problems()).containsExactly("chargebridge.users.ola.password", "chargebridge.operator.password");
    }
}

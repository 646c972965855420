package org.chargebridge.charge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class IntentTest {

    private static final String TARGET = "erp1-1001-jjkf238cnd5p";

    private static String identity(Action action, String ownNumber) {
        return Intent.of("erp1", action, TARGET, true, ownNumber, Map.of()).identity();
    }

    @Test
    void anActionIsTheSameInEveryVersionForItIsDoneAgainUnderAnyOtherIdentity() {
        assertThat(identity(Action.REFUND, "2026/K-1"))
                .isEqualTo("erp1\u001Frefund\u001Ferp1-1001-jjkf238cnd5p\u001F2026/K-1");
        assertThat(identity(Action.CANCEL, "")).isEqualTo("erp1\u001Fcancel\u001Ferp1-1001-jjkf238cnd5p\u001F");
        assertThat(Intent.of("erp1", Action.UPDATE_AGREEMENT, "agr_1", true, "7", Map.of())
                        .identity())
                .isEqualTo("erp1\u001Fupdate-agreement\u001Fagr_1\u001F7");
    }

    @Test
    void whatItActsOnIsNoPartOfWhatItIsOnceItIsFound() {
        Intent intent = Intent.of("erp1", Action.CANCEL, "erp1-1001-jjkf238cnd5p-2", false, "", Map.of("a", "b"));

        Intent found = intent.on(TARGET);

        assertThat(found).isEqualTo(new Intent(intent.identity(), TARGET, false, Map.of("a", "b")));
    }

    @Test
    void aChargeOfAnotherSystemIsNamedExactly() {
        Intent intent = Intent.of("erp1", Action.CANCEL, "theirs-1", false, "", Map.of());

        assertThat(intent.onElsewhere())
                .isEqualTo(new Intent(intent.identity(), "theirs-1", true, Map.of(Intent.ELSEWHERE, "true")));
    }
}

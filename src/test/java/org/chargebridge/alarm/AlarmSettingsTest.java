package org.chargebridge.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmSettingsTest {

    private static AlarmSettings.Mail mail(String from, String host, String encryption, String... to) {
        return new AlarmSettings.Mail(List.of(to), from, host, 0, "", "", encryption);
    }

    @Test
    void mailWithoutServerOrSenderSaysWhatIsMissing() {
        assertThatThrownBy(() -> mail("", "smtp.example.com", "tls", "a@example.com"))
                .hasMessage("chargebridge.alarm.mail.from is not set; set the address that alarms come from, or remove"
                        + " chargebridge.alarm.mail.to");
        assertThatThrownBy(() -> mail("b@example.com", "", "tls", "a@example.com"))
                .hasMessageContaining("mail.host is not set");
        assertThatThrownBy(() -> mail("b@example.com", "smtp.example.com", "ssl", "a@example.com"))
                .hasMessageContaining("not one of starttls, tls, none");
        assertThatThrownBy(() -> mail("b@example.com", "smtp.example.com", "tls", "operations"))
                .hasMessageContaining("'operations' is not a mail address");
    }

    @Test
    void portFollowsTheEncryption() {
        assertThat(mail("", "", "starttls").portOrUsual()).isEqualTo(587);
        assertThat(mail("", "", "tls").portOrUsual()).isEqualTo(465);
        assertThat(mail("", "", "none").portOrUsual()).isEqualTo(25);
    }

    @Test
    void addressOfAWebhookIsNotQuotedForItMayHoldASecret() {
        assertThatThrownBy(() -> new AlarmSettings.Webhook("hooks.example.com/s3cr3t", ""))
                .hasMessageContaining("is not an address")
                .hasMessageNotContaining("s3cr3t");
    }
}

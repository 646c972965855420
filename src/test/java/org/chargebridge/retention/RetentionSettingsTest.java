package org.chargebridge.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Period;
import org.junit.jupiter.api.Test;

class RetentionSettingsTest {

    private static RetentionSettings settings(String fileBytes, String dispatchBodies, String personalText) {
        return new RetentionSettings(RetentionSettings.SCHEDULE, fileBytes, dispatchBodies, personalText);
    }

    @Test
    void timesAreWrittenInYearsMonthsAndDays() {
        RetentionSettings settings = settings("5y6m", "off", "400d");
        assertThat(settings.keepsFileBytes()).contains(Period.of(5, 6, 0));
        assertThat(settings.keepsDispatchBodies()).isEmpty();
        assertThat(settings.keepsPersonalText()).contains(Period.ofDays(400));
        assertThat(settings("1y", "1d", "31d").keepsFileBytes()).contains(Period.ofYears(1));
    }

    @Test
    void whatWouldBeDeletedTooSoonIsRefusedWithAReason() {
        assertThatThrownBy(() -> settings("6m", "30d", "400d"))
                .hasMessage(
                        "chargebridge.retention.file-bytes is 6m; set at least 365d, for an ERP may ask for a file again,"
                                + " and auditors for what it was, or off");
        assertThatThrownBy(() -> settings("5y6m", "0d", "400d")).hasMessageContaining("dispatch-bodies is 0d");
        assertThatThrownBy(() -> settings("5y6m", "30d", "30d")).hasMessageContaining("personal-text is 30d");
        assertThatThrownBy(() -> settings("5y6m", "30d", "a year"))
                .hasMessageContaining("is 'a year', which is no length of time; write it like 5y6m or 400d, or off");
        assertThatThrownBy(() -> new RetentionSettings("at night", "5y6m", "30d", "400d"))
                .hasMessageContaining("is not a Quartz cron expression");
    }
}

package org.chargebridge.channel;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/** Reads {@code chargebridge.channels.<name>.expected-file}. */
final class ExpectedFileReader {

    private static final Duration GRACE = Duration.ofMinutes(30);

    private final Fields fields;
    private final RawChannel.RawExpectedFile raw;

    ExpectedFileReader(Fields fields, RawChannel.RawExpectedFile raw) {
        this.fields = fields;
        this.raw = raw;
    }

    ExpectedFile read(List<String> schedule, ZoneId zone) {
        if (schedule.isEmpty() && Fields.given(raw.sequence()).isEmpty()) {
            fields.missing(
                    "expected-file.schedule",
                    "Write one or several Quartz cron expressions, for example \"0 0 8 ? * MON-FRI\" for a file by eight"
                            + " o'clock on working days, or set expected-file.sequence.");
        }
        fields.checkSchedules("expected-file.schedule", schedule, zone);
        Duration grace = fields.parsed(
                        "expected-file.grace",
                        raw.grace(),
                        DurationStyle::detectAndParse,
                        "is not a length of time",
                        "Write it like 30m or 2h.")
                .orElse(GRACE);
        if (grace.isNegative()) {
            fields.wrong("expected-file.grace", raw.grace(), "is less than 0", "Write it like 30m or 2h.");
        }
        return new ExpectedFile(
                List.copyOf(schedule),
                grace,
                fields.flag("expected-file.bank-days-only", raw.bankDaysOnly(), false),
                sequence());
    }

    private Optional<Pattern> sequence() {
        Optional<Pattern> pattern = fields.parsed(
                "expected-file.sequence",
                raw.sequence(),
                Pattern::compile,
                "is not a regular expression",
                "Write it like invoices-(\\d+)\\.csv.");
        if (pattern.isPresent() && pattern.get().matcher("").groupCount() != 1) {
            fields.wrong(
                    "expected-file.sequence",
                    raw.sequence(),
                    "must hold one pair of brackets, around the number",
                    "Write it like invoices-(\\d+)\\.csv.");
        }
        return pattern;
    }
}

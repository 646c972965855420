package org.chargebridge.intake.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonTexts;

/** Values as JSON has them: null for what is not known. */
final class InfoText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX");

    private InfoText() {}

    static String given(String text) {
        return text.isEmpty() ? null : text;
    }

    static String code(Optional<Reason> reason) {
        return reason.map(r -> r.code().name()).orElse(null);
    }

    static String reason(Optional<Reason> reason, Channel channel) {
        return reason.map(r -> ReasonTexts.inBoth(r, channel.language())).orElse(null);
    }

    static String amount(OptionalLong minor) {
        return minor.isPresent() ? MinorUnits.toDecimalString(minor.getAsLong()) : null;
    }

    static String amount(long minor) {
        return MinorUnits.toDecimalString(minor);
    }

    static Long minor(OptionalLong minor) {
        return minor.isPresent() ? Long.valueOf(minor.getAsLong()) : null;
    }

    static String date(Optional<LocalDate> date) {
        return date.map(LocalDate::toString).orElse(null);
    }

    /** With the offset of the channel's zone, as in reports. */
    static String time(Instant instant, Channel channel) {
        return TIME.format(instant.atZone(channel.zone()));
    }
}

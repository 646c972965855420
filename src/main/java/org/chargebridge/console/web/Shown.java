package org.chargebridge.console.web;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonTexts;
import org.chargebridge.console.Amount;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** How amounts and times are written on the pages; templates call it {@code @shown}. */
@Component("shown")
class Shown {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int MINOR_DIGITS = 2;

    private final Channels channels;
    private final ZoneId zone;
    private final MessageSource texts;

    Shown(Channels channels, MessageSource texts) {
        this.channels = channels;
        this.texts = texts;
        this.zone = channels.zone();
    }

    /** An amount in minor units as people write it: {@code 12 345,67 NOK}. */
    public String money(long minor, String currency) {
        return amount(BigDecimal.valueOf(minor)) + " " + currency;
    }

    /** A sum in minor units that may be longer than any amount. */
    public String sum(BigDecimal minor, String currency) {
        return amount(minor) + " " + currency;
    }

    private static String amount(BigDecimal minor) {
        DecimalFormat format = new DecimalFormat("#,##0.00", symbols());
        return format.format(minor.movePointLeft(MINOR_DIGITS));
    }

    private static DecimalFormatSymbols symbols() {
        DecimalFormatSymbols symbols = new DecimalFormatSymbols(LocaleContextHolder.getLocale());
        // So that a line never breaks inside a number, and what is copied is read by every program.
        if (symbols.getGroupingSeparator() != ',' && symbols.getGroupingSeparator() != '.') {
            symbols.setGroupingSeparator('\u00a0');
        }
        if (symbols.getMinusSign() == '\u2212') {
            symbols.setMinusSign('-');
        }
        return symbols;
    }

    /** What happened and what to do, in the reader's language. */
    public String reason(Reason reason) {
        Locale language = LocaleContextHolder.getLocale();
        return ReasonTexts.text(reason, language) + " " + ReasonTexts.remedy(reason, language);
    }

    /** What happened only. */
    public String reasonText(Reason reason) {
        return ReasonTexts.text(reason, LocaleContextHolder.getLocale());
    }

    /** A fact of a history, whatever kind of value it is. */
    public String fact(Object value) {
        if (value instanceof Amount amount) {
            return money(amount.minor(), amount.currency());
        }
        return value instanceof Instant at ? time(at) : String.valueOf(value);
    }

    /** A state of a charge in the reader's language; one that there is no word for as it is. */
    public String state(String state) {
        return texts.getMessage("common.state." + state, null, state, LocaleContextHolder.getLocale());
    }

    /** A part of health in the reader's language: what it is, and of which channel, as in {@code sftp.visma}. */
    public String part(String name) {
        int dot = name.indexOf('.');
        String kind = dot < 0 ? name : name.substring(0, dot);
        String said = texts.getMessage("today.part." + kind, null, kind, LocaleContextHolder.getLocale());
        return dot < 0 ? said : said + " " + name.substring(dot + 1);
    }

    public String count(long count) {
        NumberFormat format = new DecimalFormat("#,##0", symbols());
        return format.format(count);
    }

    /** A moment in the time zone of the first channel, to the second. */
    public String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    /** A moment in a channel's own time zone, with its name where it is another than that of {@link #time(Instant)}. */
    public String time(Instant at, String channel) {
        ZoneId own = channels.has(channel) ? channels.named(channel).zone() : zone;
        return own.equals(zone) ? time(at) : TIME.format(at.atZone(own)) + " " + own.getId();
    }

    public String date(LocalDate date) {
        return date.toString();
    }

    /** The name of the zone in which {@link #time(Instant)} writes. */
    public String zone() {
        return zone.getId();
    }

    public Locale language() {
        return LocaleContextHolder.getLocale();
    }
}

package org.chargebridge.alarm;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.OneLine;
import org.chargebridge.ledger.Alarm;
import org.chargebridge.ledger.AlarmNotices.News;
import org.chargebridge.ledger.AlarmNotices.Notice;
import org.springframework.stereotype.Component;

/** What a mail about alarms says. */
@Component
class AlarmLetter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm VV", Locale.ROOT);

    private final AlarmSettings settings;
    private final Channels channels;

    AlarmLetter(AlarmSettings settings, Channels channels) {
        this.settings = settings;
        this.channels = channels;
    }

    String subject(List<Notice> notices) {
        Locale language = settings.locale();
        if (notices.size() == 1) {
            Notice only = notices.get(0);
            String about = new AlarmText(only.alarm().finding(), language).title()
                    + only.alarm()
                            .finding()
                            .channel()
                            .map(name -> " (" + name + ")")
                            .orElse("");
            return "Chargebridge: "
                    + (only.news() == News.OVER ? AlarmText.word(language, "over.subject", about) : about);
        }
        long raised =
                notices.stream().filter(notice -> notice.news() == News.RAISED).count();
        return "Chargebridge: " + AlarmText.word(language, "bundle.subject", raised, notices.size() - raised);
    }

    String body(List<Notice> notices) {
        Locale language = settings.locale();
        StringBuilder body = new StringBuilder();
        for (Notice notice : notices) {
            if (!body.isEmpty()) {
                body.append("\n--\n\n");
            }
            part(notice, language, body);
        }
        return body.append("\n")
                .append(AlarmText.word(language, "footer"))
                .append('\n')
                .toString();
    }

    private void part(Notice notice, Locale language, StringBuilder body) {
        Alarm alarm = notice.alarm();
        AlarmText text = new AlarmText(alarm.finding(), language);
        boolean over = notice.news() == News.OVER;
        body.append(over ? AlarmText.word(language, "over.title", text.title()) : text.title())
                .append("\n\n")
                .append(text.sentence())
                .append('\n');
        if (!over) {
            body.append(text.remedy()).append('\n');
        }
        body.append('\n');
        field(body, language, "channel", alarm.finding().channel());
        field(body, language, "file", alarm.finding().file().map(OneLine::marked));
        field(body, language, "amount", text.amount());
        field(body, language, "since", Optional.of(time(alarm.raisedAt(), alarm)));
        if (over) {
            field(body, language, "over", alarm.overAt().map(at -> time(at, alarm)));
        }
    }

    private static void field(StringBuilder body, Locale language, String name, Optional<String> value) {
        value.ifPresent(given -> body.append(AlarmText.word(language, "field." + name))
                .append(": ")
                .append(given)
                .append('\n'));
    }

    private String time(Instant at, Alarm alarm) {
        ZoneId zone = alarm.finding()
                .channel()
                .filter(channels::has)
                .map(channels::named)
                .map(Channel::zone)
                .orElse(ZoneOffset.UTC);
        return TIME.format(at.atZone(zone));
    }
}

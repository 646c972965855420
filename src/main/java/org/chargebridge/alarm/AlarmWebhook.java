package org.chargebridge.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.OneLine;
import org.chargebridge.ledger.Alarm;
import org.chargebridge.ledger.AlarmNotices.Notice;
import org.chargebridge.ledger.AlarmNotices.Way;
import org.springframework.stereotype.Component;

/** Tells alarms by a POST of JSON, signed where a secret is set. */
@Component
class AlarmWebhook implements AlarmWay {

    /** Seconds since 1970 of the sending machine; part of what is signed, so that an old message cannot be sent again. */
    static final String TIMESTAMP = "Chargebridge-Timestamp";
    /** {@code sha256=} and HMAC-SHA-256 of timestamp, a full stop and the body, in hexadecimal. */
    static final String SIGNATURE = "Chargebridge-Signature";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final AlarmSettings settings;
    private final ObjectMapper json;
    private final Clock machine;

    @org.springframework.beans.factory.annotation.Autowired
    AlarmWebhook(AlarmSettings settings, ObjectMapper json) {
        // Receivers compare it with their own clocks, whatever business time says.
        this(settings, json, Clock.systemUTC());
    }

    AlarmWebhook(AlarmSettings settings, ObjectMapper json, Clock machine) {
        this.settings = settings;
        this.json = json;
        this.machine = machine;
    }

    @Override
    public Way way() {
        return Way.WEBHOOK;
    }

    @Override
    public boolean isSet() {
        return settings.webhook().isSet();
    }

    @Override
    public void tell(List<Notice> notices) throws AlarmNotTold {
        byte[] body = body(notices);
        String timestamp = String.valueOf(machine.instant().getEpochSecond());
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(settings.webhook().url().strip()))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header(TIMESTAMP, timestamp)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!settings.webhook().secret().isBlank()) {
            request.header(SIGNATURE, "sha256=" + sign(timestamp, body));
        }
        HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 != 2) {
                throw new AlarmNotTold("its receiver answers HTTP " + status);
            }
        } catch (IOException failure) {
            throw new AlarmNotTold(
                    "its receiver cannot be reached (" + failure.getClass().getSimpleName() + ")", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AlarmNotTold("the gateway stops", stopped);
        }
    }

    private String sign(String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    settings.webhook().secret().strip().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private byte[] body(List<Notice> notices) {
        ObjectNode message = json.createObjectNode();
        ArrayNode alarms = message.putArray("alarms");
        notices.forEach(notice -> alarms.add(alarm(notice)));
        try {
            return json.writeValueAsBytes(message);
        } catch (JsonProcessingException ofPlainTexts) {
            throw new IllegalStateException(ofPlainTexts);
        }
    }

    private ObjectNode alarm(Notice notice) {
        Alarm alarm = notice.alarm();
        Alarm.Finding found = alarm.finding();
        AlarmText text = new AlarmText(found, settings.locale());
        ObjectNode node = json.createObjectNode()
                .put("id", notice.id())
                .put("alarm", alarm.id())
                .put("state", notice.news().name().toLowerCase(Locale.ROOT))
                .put("kind", found.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("title", text.title())
                .put("text", text.sentence())
                .put("remedy", text.remedy())
                .put("raisedAt", alarm.raisedAt().toString());
        alarm.overAt().ifPresent(at -> node.put("overAt", at.toString()));
        found.channel().ifPresent(name -> node.put("channel", name));
        found.file().ifPresent(name -> node.put("file", OneLine.marked(name)));
        found.amount().ifPresent(amount -> node.put("amount", MinorUnits.toDecimalString(amount.minor()))
                .put("currency", amount.currency()));
        return node;
    }
}

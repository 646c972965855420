package org.chargebridge.recurring;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.MinorUnits;
import org.chargebridge.charge.OrderId;

/**
 * Paths and exact bytes of the requests about charges. The same charges always give the same bytes: the API compares
 * a replay with the first request byte by byte.
 */
public final class ChargeRequests {

    /** {@code POST} creates up to {@link #BATCH_MAX} charges. */
    public static final String BATCH_PATH = "/recurring/v3/agreements/charges";

    /** The most charges one request may hold. */
    public static final int BATCH_MAX = 2000;

    /** The media type of every request body. */
    public static final String CONTENT_TYPE = "application/json";

    /** How often a sales unit may ask for a charge by its id alone a minute. */
    public static final int BY_ID_PER_MINUTE = 100;

    /** How often the charges of one agreement may be listed a minute, each part of the list counted. */
    public static final int LISTS_PER_MINUTE = 10;

    /** Between two parts of such a list. */
    public static final Duration LIST_PAUSE = Duration.ofMinutes(1).dividedBy(LISTS_PER_MINUTE);

    private static final String AGREEMENTS = "/recurring/v3/agreements/";

    private ChargeRequests() {}

    /** {@code POST} creates one charge of that agreement, {@code GET} lists its charges. */
    public static String singlePath(String agreementId) {
        return AGREEMENTS + segment(agreementId) + "/charges";
    }

    /** {@code GET} shows the charge, {@code DELETE} cancels it or what is left of its reservation. */
    public static String chargePath(String agreementId, OrderId orderId) {
        return singlePath(agreementId) + "/" + segment(orderId.value());
    }

    /** {@code POST} captures of a reservation. */
    public static String capturePath(String agreementId, OrderId orderId) {
        return chargePath(agreementId, orderId) + "/capture";
    }

    /** {@code POST} pays back. */
    public static String refundPath(String agreementId, OrderId orderId) {
        return chargePath(agreementId, orderId) + "/refund";
    }

    /** {@code GET} finds a charge whose agreement is not known: for a person's search only (MR29). */
    public static String byIdPath(OrderId orderId) {
        return "/recurring/v3/charges/" + segment(orderId.value());
    }

    /**
     * The body of a capture or refund.
     *
     * @param amountMinor at least 100 minor units, always given
     * @param description 1 to 100 characters; a refund needs one
     * @throws IllegalArgumentException for an amount that the API does not take
     */
    public static byte[] amount(long amountMinor, Optional<String> description) {
        if (amountMinor < MinorUnits.CHARGE_MIN || amountMinor > MinorUnits.CHARGE_MAX) {
            throw new IllegalArgumentException("an amount is 100 to 2147483647 minor units: " + amountMinor);
        }
        return AgreementRequests.bytes(json -> {
            json.writeNumberField("amount", amountMinor);
            if (description.isPresent()) {
                json.writeStringField("description", description.get());
            }
        });
    }

    /**
     * Writes the body of a batch while its charges are read, and leaves the stream open.
     *
     * @throws IllegalArgumentException for more than {@link #BATCH_MAX} charges, or one that is not scheduled
     */
    public static void writeBatch(Iterable<CreateCharge> charges, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.generator(out)) {
            int count = 0;
            json.writeStartArray();
            for (CreateCharge charge : charges) {
                if (++count > BATCH_MAX) {
                    throw new IllegalArgumentException("a batch holds at most " + BATCH_MAX + " charges");
                }
                if (charge.due().isEmpty()) {
                    throw new IllegalArgumentException(charge.orderId() + " is unscheduled: a batch has no type");
                }
                json.writeStartObject();
                json.writeStringField("agreementId", charge.agreementId());
                writeFields(charge, json);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    /** The body of a batch. */
    public static byte[] batch(List<CreateCharge> charges) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(charges.size() * 256 + 2);
        try {
            writeBatch(charges, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The body that creates one charge; its agreement stands in the path. */
    public static byte[] single(CreateCharge charge) {
        return AgreementRequests.bytes(json -> writeFields(charge, json));
    }

    private static void writeFields(CreateCharge charge, JsonGenerator json) throws IOException {
        json.writeNumberField("amount", charge.amountMinor());
        json.writeStringField("transactionType", charge.transactionType().name());
        json.writeStringField("description", charge.description());
        if (charge.due().isPresent()) {
            json.writeStringField("due", charge.due().get().toString());
            json.writeNumberField("retryDays", charge.retryDays());
        } else {
            json.writeStringField("type", "UNSCHEDULED");
        }
        json.writeStringField("orderId", charge.orderId().value());
        if (charge.externalId().isPresent()) {
            json.writeStringField("externalId", charge.externalId().get());
        }
    }

    /** One path segment: what an agreement id holds can never reach another resource. */
    static String segment(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        // A segment of dots only would be resolved away, and dots need no escape anywhere else.
        return encoded.matches("\\.+") ? encoded.replace(".", "%2E") : encoded;
    }
}

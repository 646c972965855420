package org.chargebridge.recurring;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.chargebridge.charge.AgreementStatus;

/**
 * Paths and exact bytes of the requests about agreements. The same request always gives the same bytes; nothing is
 * written that the API does not know, and no null.
 */
public final class AgreementRequests {

    /** {@code POST} offers an agreement, {@code GET} lists those of the sales unit. */
    public static final String AGREEMENTS_PATH = "/recurring/v3/agreements";

    /** The most agreements on a page. */
    public static final int PAGE_SIZE = 2_000;

    /** On a page of an API that does not heed the size that it is asked for. */
    private static final int USUAL_PAGE_SIZE = 500;

    /** How often a sales unit may list its agreements a minute. */
    public static final int LISTS_PER_MINUTE = 5;

    /** How often a sales unit may offer an agreement a minute. */
    public static final int DRAFTS_PER_MINUTE = 300;

    private AgreementRequests() {}

    /**
     * Whether another page may follow one of so many agreements. What ends the list is nowhere documented: where it were
     * taken to end too early, an agreement that was offered would count as never offered, and be offered twice (MR22).
     */
    public static boolean mayGoOn(int agreements) {
        return agreements >= USUAL_PAGE_SIZE;
    }

    /**
     * Whether an API says so that there is no such page, where it gives no empty one.
     *
     * @param page from 1
     */
    public static boolean isBehindTheLast(int page, int status) {
        return page > 1 && (status == 400 || status == 404);
    }

    /** {@code GET} shows the agreement, {@code PATCH} changes or stops it. */
    public static String agreementPath(String agreementId) {
        return AGREEMENTS_PATH + "/" + ChargeRequests.segment(agreementId);
    }

    /** {@code PATCH} accepts the agreement for the customer; the test environment only. */
    public static String acceptPath(String agreementId) {
        return agreementPath(agreementId) + "/accept";
    }

    /**
     * The query of a page of the list; the API lists one status at a time.
     *
     * @param page from 1
     * @param createdAfter empty for all
     */
    public static String listQuery(AgreementStatus status, int page, Optional<Instant> createdAfter) {
        return "status=" + status.name()
                + createdAfter
                        .map(after -> "&createdAfter=" + after.toEpochMilli())
                        .orElse("")
                + "&pageNumber=" + page
                + "&pageSize=" + PAGE_SIZE;
    }

    /** The query of a list that costs the API next to nothing: whether it answers is all that is asked. */
    public static String probeQuery() {
        return "status=" + AgreementStatus.ACTIVE.name() + "&pageNumber=1&pageSize=1";
    }

    /** The body that offers an agreement. */
    public static byte[] draft(DraftRequest draft) {
        return bytes(json -> writeDraft(draft, json));
    }

    /** The body that changes or stops an agreement. */
    public static byte[] patch(PatchRequest patch) {
        return bytes(json -> {
            if (patch instanceof PatchRequest.Update update) {
                writeUpdate(update, json);
            } else {
                json.writeStringField("status", AgreementStatus.STOPPED.name());
            }
        });
    }

    /** The body that accepts an agreement for a customer of the test environment. */
    public static byte[] accept(String phoneNumber) {
        return bytes(json -> json.writeStringField("phoneNumber", phoneNumber));
    }

    private static void writeDraft(DraftRequest draft, JsonGenerator json) throws IOException {
        writePricing(draft.pricing(), json);
        json.writeStringField("merchantRedirectUrl", draft.redirectUrl());
        json.writeStringField("merchantAgreementUrl", draft.agreementUrl());
        json.writeStringField("productName", draft.productName());
        writeText("productDescription", draft.productDescription(), json);
        if (draft.interval().isPresent()) {
            writePeriod("interval", draft.interval().get(), json);
        }
        writeText("phoneNumber", draft.phoneNumber(), json);
        if (draft.initialCharge().isPresent()) {
            writeInitialCharge(draft.initialCharge().get(), json);
        }
        if (draft.campaign().isPresent()) {
            writeCampaign(draft.campaign().get(), json);
        }
        if (!draft.scope().isEmpty()) {
            json.writeStringField("scope", String.join(" ", draft.scope()));
        }
        json.writeStringField("externalId", draft.externalId());
    }

    private static void writePricing(Pricing pricing, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("pricing");
        if (pricing instanceof Pricing.Legacy legacy) {
            json.writeStringField("type", PricingType.LEGACY.name());
            json.writeNumberField("amount", legacy.amountMinor());
        } else if (pricing instanceof Pricing.Variable variable) {
            json.writeStringField("type", PricingType.VARIABLE.name());
            json.writeNumberField("suggestedMaxAmount", variable.suggestedMaxMinor());
        } else {
            json.writeStringField("type", PricingType.FLEXIBLE.name());
        }
        json.writeStringField("currency", pricing.currency().name());
        json.writeEndObject();
    }

    private static void writeInitialCharge(DraftRequest.InitialCharge charge, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("initialCharge");
        json.writeNumberField("amount", charge.amountMinor());
        json.writeStringField("description", charge.description());
        json.writeStringField("transactionType", charge.reserve() ? "RESERVE_CAPTURE" : "DIRECT_CAPTURE");
        if (charge.orderId().isPresent()) {
            json.writeStringField("orderId", charge.orderId().get().value());
        }
        writeText("externalId", charge.externalId(), json);
        json.writeEndObject();
    }

    private static void writeCampaign(Campaign campaign, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("campaign");
        if (campaign instanceof Campaign.Price price) {
            json.writeStringField("type", "PRICE_CAMPAIGN");
            json.writeNumberField("price", price.priceMinor());
            json.writeStringField("end", price.end().toString());
        } else if (campaign instanceof Campaign.Period period) {
            json.writeStringField("type", "PERIOD_CAMPAIGN");
            json.writeNumberField("price", period.priceMinor());
            writePeriod("period", period.period(), json);
        } else if (campaign instanceof Campaign.Event event) {
            json.writeStringField("type", "EVENT_CAMPAIGN");
            json.writeNumberField("price", event.priceMinor());
            json.writeStringField("eventDate", event.eventDate().toString());
            json.writeStringField("eventText", event.eventText());
        }
        json.writeEndObject();
    }

    private static void writeUpdate(PatchRequest.Update update, JsonGenerator json) throws IOException {
        writeText("productName", update.productName(), json);
        writeText("productDescription", update.productDescription(), json);
        writeText("merchantAgreementUrl", update.agreementUrl(), json);
        writeText("externalId", update.externalId(), json);
        if (update.amountMinor().isPresent() || update.suggestedMaxMinor().isPresent()) {
            json.writeObjectFieldStart("pricing");
            if (update.amountMinor().isPresent()) {
                json.writeNumberField("amount", update.amountMinor().getAsLong());
            } else {
                json.writeNumberField(
                        "suggestedMaxAmount", update.suggestedMaxMinor().getAsLong());
            }
            json.writeEndObject();
        }
        if (update.interval().isPresent()) {
            Optional<TimePeriod> period = update.interval().get().period();
            json.writeObjectFieldStart("interval");
            json.writeStringField("type", period.isPresent() ? "RECURRING" : "FLEXIBLE");
            if (period.isPresent()) {
                writePeriod("period", period.get(), json);
            }
            json.writeEndObject();
        }
    }

    private static void writePeriod(String name, TimePeriod period, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("unit", period.unit().name());
        json.writeNumberField("count", period.count());
        json.writeEndObject();
    }

    private static void writeText(String name, Optional<String> text, JsonGenerator json) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, text.get());
        }
    }

    /** Writes the fields of an object. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] bytes(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the API checks in a charge before it knows the agreement. */
final class ChargeRules {

    private static final Pattern ORDER_ID = Pattern.compile("[a-zA-Z\\d-]{1,50}");
    private static final Pattern EXTERNAL_ID = Pattern.compile(".{1,64}");
    private static final Set<String> NUMBERS = Set.of("amount", "retryDays");
    private static final Map<Boolean, Set<String>> FIELDS = Map.of(
            true,
                    Set.of(
                            "agreementId",
                            "amount",
                            "transactionType",
                            "description",
                            "due",
                            "retryDays",
                            "orderId",
                            "externalId"),
            false,
                    Set.of(
                            "amount",
                            "transactionType",
                            "type",
                            "processingMode",
                            "description",
                            "due",
                            "retryDays",
                            "orderId",
                            "externalId"));

    private final boolean batch;
    private final LocalDate today;
    private final int leadDays;
    private final boolean unscheduledAllowed;

    private ChargeRules(boolean batch, LocalDate today, int leadDays, boolean unscheduledAllowed) {
        this.batch = batch;
        this.today = today;
        this.leadDays = leadDays;
        this.unscheduledAllowed = unscheduledAllowed;
    }

    static ChargeRules ofBatch(LocalDate today, int leadDays) {
        return new ChargeRules(true, today, leadDays, false);
    }

    static ChargeRules ofSingle(LocalDate today, int leadDays, Merchant merchant) {
        return new ChargeRules(false, today, leadDays, merchant.may(Merchant.Feature.UNSCHEDULED));
    }

    /** What a deserializer refuses: fields it does not know and values of another type. */
    List<FieldError> shape(JsonNode item) {
        if (!item.isObject()) {
            return List.of(new FieldError("charge", "must be a JSON object"));
        }
        List<FieldError> errors = new ArrayList<>();
        item.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (!FIELDS.get(batch).contains(name)) {
                errors.add(new FieldError(name, "is not a known field"));
            } else if (NUMBERS.contains(name) && !value.isNull() && !isInt32(value)) {
                errors.add(new FieldError(name, "must be a 32 bit integer"));
            } else if (!NUMBERS.contains(name) && !value.isNull() && !value.isTextual()) {
                errors.add(new FieldError(name, "must be a string"));
            }
        });
        return errors;
    }

    private static boolean isInt32(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToInt();
    }

    /** What the API's own validation refuses. */
    List<FieldError> values(JsonNode item) {
        List<FieldError> errors = new ArrayList<>();
        number(item, "amount", 100, Integer.MAX_VALUE).ifPresent(errors::add);
        if (!unscheduled(item)) {
            number(item, "retryDays", 0, 14).ifPresent(errors::add);
            due(item).ifPresent(errors::add);
        }
        transactionType(item).ifPresent(errors::add);
        description(item).ifPresent(errors::add);
        pattern(item, "orderId", ORDER_ID, batch, "must be 1 to 50 letters, digits or hyphens")
                .ifPresent(errors::add);
        pattern(item, "externalId", EXTERNAL_ID, false, "must be 1 to 64 characters")
                .ifPresent(errors::add);
        if (batch) {
            agreement(item).ifPresent(errors::add);
        }
        type(item).ifPresent(errors::add);
        processingMode(item).ifPresent(errors::add);
        return errors;
    }

    private static Optional<FieldError> number(JsonNode item, String name, int least, int most) {
        if (!item.hasNonNull(name)) {
            return Optional.of(new FieldError(name, "must not be null"));
        }
        int value = item.get(name).intValue();
        if (value < least) {
            return Optional.of(new FieldError(name, "must be greater than or equal to " + least));
        }
        return value > most
                ? Optional.of(new FieldError(name, "must be less than or equal to " + most))
                : Optional.empty();
    }

    private static Optional<FieldError> transactionType(JsonNode item) {
        String value = item.path("transactionType").asText("");
        return Set.of("DIRECT_CAPTURE", "RESERVE_CAPTURE").contains(value)
                ? Optional.empty()
                : Optional.of(new FieldError("transactionType", "must be DIRECT_CAPTURE or RESERVE_CAPTURE"));
    }

    private static Optional<FieldError> description(JsonNode item) {
        String value = item.path("description").asText("");
        return value.isBlank() || value.length() > 100
                ? Optional.of(new FieldError("description", "size must be between 1 and 100"))
                : Optional.empty();
    }

    private Optional<FieldError> due(JsonNode item) {
        Optional<LocalDate> read = Dates.read(item.path("due").asText(""));
        if (read.isEmpty()) {
            return Optional.of(new FieldError("due", "must be a date of the form YYYY-MM-DD"));
        }
        LocalDate due = read.get();
        if (due.isBefore(today.plusDays(leadDays))) {
            return Optional.of(
                    new FieldError("due", "must be at least " + leadDays + " day(s) ahead", "charge-due-too-soon"));
        }
        return due.isAfter(today.plusYears(2))
                ? Optional.of(new FieldError("due", "must be at most 2 years ahead", "charge-due-in-too-long"))
                : Optional.empty();
    }

    private static Optional<FieldError> pattern(
            JsonNode item, String name, Pattern pattern, boolean required, String reason) {
        if (!item.hasNonNull(name)) {
            return required ? Optional.of(new FieldError(name, "must not be null")) : Optional.empty();
        }
        return pattern.matcher(item.get(name).textValue()).matches()
                ? Optional.empty()
                : Optional.of(new FieldError(name, reason));
    }

    private static Optional<FieldError> agreement(JsonNode item) {
        return item.path("agreementId").asText("").isBlank()
                ? Optional.of(new FieldError("agreementId", "must not be blank"))
                : Optional.empty();
    }

    private static Optional<FieldError> processingMode(JsonNode item) {
        String mode = item.path("processingMode").asText("MULTIPLE_ATTEMPTS");
        return switch (mode) {
            case "MULTIPLE_ATTEMPTS" -> Optional.empty();
            case "SINGLE_ATTEMPT" ->
                item.path("retryDays").asInt() == 0
                        ? Optional.empty()
                        : Optional.of(new FieldError("retryDays", "must be 0 when processingMode is SINGLE_ATTEMPT"));
            default -> Optional.of(new FieldError("processingMode", "must be MULTIPLE_ATTEMPTS or SINGLE_ATTEMPT"));
        };
    }

    private static boolean unscheduled(JsonNode item) {
        return item.path("type").asText("").equals("UNSCHEDULED");
    }

    private Optional<FieldError> type(JsonNode item) {
        String type = item.path("type").asText("RECURRING");
        return switch (type) {
            case "RECURRING" -> Optional.empty();
            case "UNSCHEDULED" ->
                unscheduledAllowed
                        ? Optional.empty()
                        : Optional.of(new FieldError("type", "Cannot create a charge with type 'UNSCHEDULED'"));
            default -> Optional.of(new FieldError("type", "must be RECURRING or UNSCHEDULED"));
        };
    }
}

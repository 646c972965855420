package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Creation of charges, one by one or as a batch. Used under the engine's lock. */
final class CreateEndpoints {

    private static final int BATCH = 2_000;
    private static final int OLD_DESCRIPTION = 45;

    private final Engine engine;
    private final Faults faults;
    private final int leadDays;
    private final Duration batchDelay;

    CreateEndpoints(Engine engine, Faults faults, SimulatorSettings settings) {
        this.engine = engine;
        this.faults = faults;
        this.leadDays = settings.leadDays();
        this.batchDelay = settings.batchDelay();
    }

    /** {@code POST /agreements/charges}: 202 for values, later for agreements and order ids. */
    Answer createMany(Call call, Merchant merchant) {
        return Endpoints.once(engine, call, merchant, (again, key) -> batch(call, merchant, key));
    }

    private Answer batch(Call call, Merchant merchant, String key) {
        LocalDate today = today(merchant);
        ChargeRules rules = ChargeRules.ofBatch(today, leadDays);
        Optional<Reply> refused = batchRefused(call, rules);
        if (refused.isPresent()) {
            return Answer.kept(refused.get(), call, key);
        }
        ObjectNode line = Json.object().put("key", key).put("hash", call.hash());
        ArrayNode charges = line.putArray("charges");
        ArrayNode invalid = line.putArray("invalid");
        ArrayNode refuse = Json.MAPPER.createArrayNode();
        List<String> valid = new ArrayList<>();
        for (JsonNode item : call.json().orElseThrow()) {
            List<String> errors = errors(item, rules);
            if (!errors.isEmpty()) {
                ObjectNode entry = invalid.addObject();
                entry.set("chargeBatchItemDto", item);
                errors.forEach(entry.putArray("errors")::add);
                continue;
            }
            String orderId = item.get("orderId").textValue();
            valid.add(orderId);
            ChargeOrder.of(item, item.get("agreementId").textValue(), orderId, today)
                    .writeTo(charges);
            if (faults.refusesLater(orderId)) {
                refuse.add(orderId);
            }
        }
        if (!refuse.isEmpty()) {
            line.set("refuse", refuse);
        }
        line.put("ready", engine.now().plus(batchDelay).toString());
        return new Answer(new Answered.Batch(call.hash(), engine.now(), valid, invalid).reply(), line);
    }

    private List<String> errors(JsonNode item, ChargeRules rules) {
        List<String> errors = new ArrayList<>(
                rules.values(item).stream().map(FieldError::text).toList());
        if (errors.isEmpty() && faults.invalidates(item.get("orderId").textValue())) {
            errors.add("orderId was made invalid on demand");
        }
        return errors;
    }

    private Optional<Reply> batchRefused(Call call, ChargeRules rules) {
        if (call.json().isEmpty()) {
            return Optional.of(Reply.problem(400, "invalid-json", "The body is not valid JSON", call.path()));
        }
        JsonNode items = call.json().get();
        if (!items.isArray() || items.isEmpty() || items.size() > BATCH) {
            String detail = "The body must be an array of 1 to " + BATCH + " charges";
            return Optional.of(Reply.problem(400, "validation-error", detail, call.path()));
        }
        List<FieldError> errors = new ArrayList<>();
        int status = 400;
        for (int i = 0; i < items.size(); i++) {
            for (FieldError error : rules.shape(items.get(i))) {
                errors.add(new FieldError("[" + i + "]." + error.name(), error.reason()));
            }
            Optional<Integer> poison =
                    faults.poison(items.get(i).path("orderId").asText(""));
            if (poison.isPresent()) {
                status = poison.get();
                errors.add(new FieldError("[" + i + "].orderId", "could not be read"));
            }
        }
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(Reply.problem(
                        status, "validation-error", "One or more fields are invalid", call.path(), errors));
    }

    /** {@code POST /agreements/{id}/charges}: everything is checked before the answer. */
    Answer createOne(Call call, Merchant merchant) {
        return Endpoints.once(engine, call, merchant, (again, key) -> single(call, merchant, key));
    }

    private Answer single(Call call, Merchant merchant, String key) {
        String agreementId = Operation.CREATE_CHARGE.part(call.path(), 1).orElseThrow();
        Optional<AgreementAccount> account = engine.books().account(agreementId).filter(found -> found.agreement()
                .visibleTo(merchant));
        Optional<Reply> refused = singleRefused(call, merchant, agreementId, account);
        if (refused.isPresent()) {
            return Answer.kept(refused.get(), call, key);
        }
        JsonNode item = call.json().orElseThrow();
        String id = Optional.ofNullable(item.path("orderId").textValue()).orElseGet(CreateEndpoints::newChargeId);
        Answer answer = Answer.kept(Reply.json(201, Json.object().put("chargeId", id)), call, key);
        ChargeOrder.of(item, agreementId, id, today(merchant))
                .writeTo(answer.line().putArray("charges"));
        return answer;
    }

    private Optional<Reply> singleRefused(
            Call call, Merchant merchant, String agreementId, Optional<AgreementAccount> account) {
        if (!agreementId.matches("agr_[A-Za-z0-9_-]{1,32}")) {
            return problem(call, "invalid-agreement-id", "Agreement id is not valid");
        }
        if (call.json().isEmpty()) {
            return problem(call, "invalid-json", "The body is not valid JSON");
        }
        if (account.isEmpty()) {
            return Optional.of(Endpoints.agreementMissing(call));
        }
        ChargeRules rules =
                ChargeRules.ofSingle(account.get().agreement().market().dateAt(engine.now()), leadDays, merchant);
        JsonNode item = call.json().get();
        List<FieldError> errors = OldRequests.refused(call);
        if (errors.isEmpty()) {
            errors = rules.shape(item);
        }
        if (errors.isEmpty()) {
            errors = rules.values(item);
        }
        boolean old = call.header(OldRequests.MARK).isPresent();
        if (errors.isEmpty() && old && item.get("description").textValue().length() > OLD_DESCRIPTION) {
            errors = List.of(new FieldError("description", "size must be between 1 and " + OLD_DESCRIPTION));
        }
        if (!errors.isEmpty()) {
            String id = errors.size() == 1 ? errors.get(0).problem() : "validation-error";
            return Optional.of(Reply.problem(400, id, errors.get(0).text(), call.path(), errors));
        }
        return stateRefused(call, merchant, account.get(), ChargeOrder.of(item, agreementId, "", today(merchant)));
    }

    private Optional<Reply> stateRefused(Call call, Merchant merchant, AgreementAccount account, ChargeOrder order) {
        if (account.agreement().status() != Agreement.Status.ACTIVE) {
            String detail = "Agreement is " + account.agreement().status() + ", not ACTIVE";
            return problem(call, "charge-creation-failed", detail);
        }
        if (account.exceedsCeiling(order.amount(), order.due())) {
            return problem(call, "charge-amount-too-high", "The amount is above what the agreement allows");
        }
        String orderId = call.json().orElseThrow().path("orderId").asText("");
        boolean taken = engine.books()
                .unit(merchant.msn())
                .flatMap(unit -> unit.charge(orderId))
                .isPresent();
        return taken
                ? Optional.of(Reply.problem(409, "conflict", "A charge with this orderId exists already", call.path()))
                : Optional.empty();
    }

    /** What the API makes up where no order id is given. */
    static String newChargeId() {
        return "chr-" + UUID.randomUUID().toString().substring(24, 31);
    }

    private LocalDate today(Merchant merchant) {
        return merchant.market().dateAt(engine.now());
    }

    private static Optional<Reply> problem(Call call, String id, String detail) {
        return Optional.of(Reply.problem(400, id, detail, call.path()));
    }
}

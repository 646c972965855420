package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Drafting, changing and force-accepting of agreements. Used under the engine's lock. */
final class AgreementEndpoints {

    private final Engine engine;
    private final boolean repeatable;

    AgreementEndpoints(Engine engine, SimulatorSettings settings) {
        this.engine = engine;
        this.repeatable = settings.behaviour().repeatableDrafts();
    }

    /** {@code POST /agreements}; the same key drafts once more, unless the settings say otherwise. */
    Answer draft(Call call, Merchant merchant) {
        return repeatable
                ? Endpoints.once(engine, call, merchant, (again, key) -> drafted(call, merchant, key))
                : Endpoints.keyed(call, (again, key) -> {
                    Answer answer = drafted(call, merchant, key);
                    // Without its hash the answer is not kept under the key.
                    answer.line().remove("hash");
                    return answer;
                });
    }

    private Answer drafted(Call call, Merchant merchant, String key) {
        Optional<Reply> refused = draftRefused(call, merchant);
        if (refused.isPresent()) {
            return Answer.kept(refused.get(), call, key);
        }
        JsonNode body = call.json().orElseThrow();
        String id = "agr_" + UUID.randomUUID().toString().replace("-", "").substring(0, 7);
        String url = "http://" + call.header("host").orElse("localhost") + ConfirmationPage.path(id);
        Agreement agreement = agreement(body, id, merchant, url);
        List<ObjectNode> lines = new ArrayList<>();
        lines.add(AgreementMoves.line(agreement, AgreementEvent.Kind.CREATE, AgreementEvent.Actor.MERCHANT));
        Optional<ChargeOrder> initial = initialCharge(body, id, merchant);
        initial.ifPresent(order -> lines.add(initialLine(order, merchant, key)));
        ObjectNode reply = Json.object()
                .put("agreementId", id)
                .put("uuid", AgreementViews.uuid(id))
                .put("vippsConfirmationUrl", body.path("isApp").asBoolean() ? "vipps://?token=" + id : url)
                .put("chargeId", initial.map(ChargeOrder::orderId).orElse(null));
        return new Answer(
                Reply.json(201, reply),
                Answer.kept(Reply.json(201, reply), call, key).line(),
                lines);
    }

    private Optional<Reply> draftRefused(Call call, Merchant merchant) {
        Optional<Reply> malformed = malformed(call);
        if (malformed.isPresent()) {
            return malformed;
        }
        JsonNode body = call.json().orElseThrow();
        if (body.path("skipLandingPage").asBoolean() && !merchant.may(Merchant.Feature.SKIP_LANDING_PAGE)) {
            String detail = "The sales unit may not skip the landing page";
            return Optional.of(Reply.problem(403, "unsupported-feature", detail, call.path()));
        }
        List<FieldError> unknown = OldRequests.refused(call);
        Optional<Reply> invalid = invalid(call, unknown.isEmpty() ? AgreementRules.ofDraft(body, merchant) : unknown);
        if (invalid.isPresent()) {
            return invalid;
        }
        String orderId = body.path("initialCharge").path("orderId").asText("");
        boolean taken = engine.books()
                .unit(merchant.msn())
                .flatMap(unit -> unit.charge(orderId))
                .isPresent();
        return taken
                ? Optional.of(Reply.problem(409, "conflict", "A charge with this orderId exists already", call.path()))
                : Optional.empty();
    }

    private Agreement agreement(JsonNode body, String id, Merchant merchant, String url) {
        JsonNode pricing = body.get("pricing");
        Agreement.Pricing type = Agreement.Pricing.valueOf(AgreementRules.pricingType(body));
        int price =
                switch (type) {
                    case LEGACY -> pricing.get("amount").intValue();
                    case VARIABLE -> pricing.get("suggestedMaxAmount").intValue();
                    case FLEXIBLE -> 0;
                };
        Terms terms = new Terms(
                body.get("productName").textValue(),
                body.path("productDescription").textValue(),
                body.path("merchantAgreementUrl").textValue(),
                body.get("merchantRedirectUrl").textValue(),
                interval(body.path("interval")),
                body.hasNonNull("campaign") ? body.get("campaign") : null,
                body.path("scope").textValue(),
                url,
                Terms.text(engine.now()),
                null,
                null);
        return new Agreement(
                id,
                Agreement.Status.PENDING,
                merchant.currency(),
                merchant.msn(),
                body.path("externalId").textValue(),
                type,
                price,
                0,
                terms);
    }

    private static Terms.Interval interval(JsonNode period) {
        return period.hasNonNull("unit")
                ? new Terms.Interval(
                        period.get("unit").textValue(), period.get("count").intValue())
                : null;
    }

    private Optional<ChargeOrder> initialCharge(JsonNode body, String agreementId, Merchant merchant) {
        if (!body.hasNonNull("initialCharge")) {
            return Optional.empty();
        }
        ObjectNode item = body.get("initialCharge").deepCopy();
        item.put("type", ChargeType.INITIAL.name());
        String id = Optional.ofNullable(item.path("orderId").textValue()).orElseGet(CreateEndpoints::newChargeId);
        LocalDate today = merchant.market().dateAt(engine.now());
        return Optional.of(ChargeOrder.of(item, agreementId, id, today));
    }

    private static ObjectNode initialLine(ChargeOrder order, Merchant merchant, String key) {
        ObjectNode line = Json.object()
                .put("op", "initial-charge")
                .put("msn", merchant.msn())
                .put("key", key);
        order.writeTo(line.putArray("charges"));
        return line;
    }

    private static Optional<Reply> malformed(Call call) {
        return call.json().map(JsonNode::isObject).orElse(false)
                ? Optional.empty()
                : Optional.of(Reply.problem(400, "invalid-json", "The body is not a JSON object", call.path()));
    }

    private static Optional<Reply> invalid(Call call, List<FieldError> errors) {
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        String id = errors.size() == 1 ? errors.get(0).problem() : "validation-error";
        return Optional.of(Reply.problem(400, id, errors.get(0).text(), call.path(), errors));
    }

    /** {@code PATCH /agreements/{agreementId}}. */
    Answer update(Call call, Merchant merchant) {
        return Endpoints.once(engine, call, merchant, (again, key) -> {
            Optional<AgreementAccount> account = account(call, merchant, Operation.UPDATE_AGREEMENT);
            if (account.isEmpty()) {
                return Answer.kept(Endpoints.agreementMissing(call), call, key);
            }
            Agreement agreement = account.get().agreement();
            List<FieldError> unknown = OldRequests.refused(call);
            Optional<Reply> refused = malformed(call)
                    .or(() -> invalid(call, unknown))
                    .or(() -> invalid(
                            call,
                            AgreementRules.ofPatch(
                                    call.json().orElseThrow(),
                                    agreement,
                                    call.header(OldRequests.MARK).isPresent())));
            if (refused.isPresent()) {
                return Answer.kept(refused.get(), call, key);
            }
            return changed(call, account.get(), key);
        });
    }

    private Answer changed(Call call, AgreementAccount account, String key) {
        boolean stops = call.json().orElseThrow().has("status");
        Answer done = Answer.kept(Reply.empty(204), call, key);
        Agreement.Status status = account.agreement().status();
        if (stops && status == Agreement.Status.STOPPED) {
            return done;
        }
        if (status != Agreement.Status.ACTIVE) {
            String detail = "Agreement is " + status + " and cannot be changed";
            return Answer.kept(Reply.problem(400, "illegal-agreement-update", detail, call.path()), call, key);
        }
        List<ObjectNode> lines = stops
                ? AgreementMoves.stop(account, AgreementEvent.Actor.MERCHANT, engine.now())
                : List.of(AgreementMoves.line(
                        patched(account.agreement(), call.json().orElseThrow()),
                        AgreementEvent.Kind.UPDATE,
                        AgreementEvent.Actor.MERCHANT));
        return new Answer(done.reply(), done.line(), lines);
    }

    private static Agreement patched(Agreement agreement, JsonNode patch) {
        Terms terms = agreement.termsOrDemo();
        Agreement changed = agreement;
        if (patch.hasNonNull("productName")) {
            terms = terms.withProductName(patch.get("productName").textValue());
        }
        if (patch.hasNonNull("productDescription")) {
            terms = terms.withProductDescription(patch.get("productDescription").textValue());
        }
        if (patch.hasNonNull("merchantAgreementUrl")) {
            terms = terms.withMerchantAgreementUrl(
                    patch.get("merchantAgreementUrl").textValue());
        }
        if (patch.hasNonNull("interval")) {
            terms = terms.withInterval(interval(patch.get("interval").path("period")));
        }
        if (patch.hasNonNull("campaign")) {
            terms = terms.withCampaign(patch.get("campaign"));
        }
        if (patch.hasNonNull("externalId")) {
            changed = changed.withExternalId(patch.get("externalId").textValue());
        }
        if (patch.hasNonNull("pricing")) {
            JsonNode price = patch.get("pricing").elements().next();
            changed = changed.withPrice(price.intValue());
        }
        return changed.with(terms);
    }

    /** {@code PATCH /agreements/{agreementId}/accept}: what only the API's test environment offers. */
    Answer accept(Call call, Merchant merchant) {
        return Endpoints.once(engine, call, merchant, (again, key) -> {
            Optional<AgreementAccount> account = account(call, merchant, Operation.ACCEPT_AGREEMENT);
            if (account.isEmpty()) {
                return Answer.kept(Endpoints.agreementMissing(call), call, key);
            }
            Optional<Reply> refused = malformed(call)
                    .or(() -> invalid(
                            call,
                            Fields.of(call.json().orElseThrow())
                                    .only(Set.of("phoneNumber"))
                                    .required("phoneNumber")
                                    .matching("phoneNumber", "[0-9]{8,15}", "must be an MSISDN without +")
                                    .errors()));
            if (refused.isPresent()) {
                return Answer.kept(refused.get(), call, key);
            }
            if (account.get().agreement().status() != Agreement.Status.PENDING) {
                String detail = "Agreement is " + account.get().agreement().status() + " and cannot be accepted";
                return Answer.kept(Reply.problem(400, "operation-failed", detail, call.path()), call, key);
            }
            Answer done = Answer.kept(Reply.empty(204), call, key);
            return new Answer(
                    done.reply(),
                    done.line(),
                    AgreementMoves.accept(
                            account.get(), 0, engine.books().chargeBook().life(), engine.now()));
        });
    }

    private Optional<AgreementAccount> account(Call call, Merchant merchant, Operation operation) {
        return operation.part(call.path(), 1).flatMap(engine.books()::account).filter(found -> found.agreement()
                .visibleTo(merchant));
    }
}

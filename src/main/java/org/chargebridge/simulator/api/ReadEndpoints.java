package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Reading of agreements and charges. Used under the engine's lock. */
final class ReadEndpoints {

    private static final int CHARGES_PER_PAGE = 100;
    private static final int AGREEMENTS_PER_PAGE = 500;
    private static final int MOST_AGREEMENTS_PER_PAGE = 2_000;
    private static final Duration CONTINUATION = Duration.ofMinutes(5);

    private final Engine engine;
    private final Map<String, Continuation> continuations = new HashMap<>();

    ReadEndpoints(Engine engine) {
        this.engine = engine;
    }

    /** Where a listing goes on. */
    private record Continuation(String path, String status, int offset, Instant expires) {}

    Answer charge(Call call, Merchant merchant) {
        Optional<String> agreementId = Operation.GET_CHARGE.part(call.path(), 1);
        String id = Operation.GET_CHARGE.part(call.path(), 2).orElseThrow();
        return found(call, merchant, id, charge -> agreementId
                .get()
                .equals(charge.agreement().id()));
    }

    Answer chargeById(Call call, Merchant merchant) {
        String id = Operation.GET_CHARGE_BY_ID.part(call.path(), 1).orElseThrow();
        return found(call, merchant, id, charge -> true);
    }

    private Answer found(Call call, Merchant merchant, String id, Predicate<Charge> onThisAgreement) {
        Optional<Charge> charge = engine.books()
                .unit(merchant.msn())
                .flatMap(unit -> unit.charge(id))
                .filter(onThisAgreement);
        Answer answer = Answer.of(charge.map(one -> Reply.json(200, ChargeViews.json(one)))
                .orElseGet(() -> Endpoints.chargeMissing(call)));
        answer.line().putArray("ids").add(id);
        charge.ifPresent(one -> answer.line().put("charge", one.status().name()));
        return answer;
    }

    Answer charges(Call call, Merchant merchant) {
        String agreementId = Operation.LIST_CHARGES.part(call.path(), 1).orElseThrow();
        Optional<AgreementAccount> account = account(agreementId, merchant);
        if (account.isEmpty()) {
            return Answer.of(Endpoints.agreementMissing(call));
        }
        String status = call.parameter("status").orElse("");
        if (!status.isEmpty()
                && Arrays.stream(ChargeStatus.values())
                        .noneMatch(one -> one.name().equals(status))) {
            return badParameter(call, "status", "must be a charge status");
        }
        Optional<Integer> offset = offset(call, status);
        if (offset.isEmpty()) {
            return badParameter(call, "Continuation-Token", "is unknown or too old");
        }
        List<Charge> matching = account.get().charges().stream()
                .filter(charge -> charge.merchant().msn().equals(merchant.msn()))
                .filter(charge -> status.isEmpty() || charge.status().name().equals(status))
                .toList();
        int end = call.header(OldRequests.MARK).isPresent()
                ? matching.size()
                : Math.min(matching.size(), offset.get() + CHARGES_PER_PAGE);
        List<Charge> page = matching.subList(Math.min(offset.get(), end), end);
        ArrayNode body = Json.MAPPER.createArrayNode();
        page.forEach(charge -> body.add(ChargeViews.json(charge)));
        Reply reply = Reply.json(200, body);
        Answer answer =
                Answer.of(end < matching.size() ? reply.with("Continuation-Token", go(call, status, end)) : reply);
        ArrayNode ids = answer.line().putArray("ids");
        page.forEach(charge -> ids.add(charge.id()));
        return answer;
    }

    private String go(Call call, String status, int offset) {
        continuations.values().removeIf(old -> old.expires().isBefore(engine.now()));
        String token = UUID.randomUUID().toString();
        continuations.put(
                token,
                new Continuation(call.path(), status, offset, engine.now().plus(CONTINUATION)));
        return token;
    }

    private Optional<Integer> offset(Call call, String status) {
        return call.header("continuation-token")
                .map(token -> Optional.ofNullable(continuations.get(token))
                        .filter(found -> found.path().equals(call.path())
                                && found.status().equals(status)
                                && found.expires().isAfter(engine.now()))
                        .map(Continuation::offset))
                .orElse(Optional.of(0));
    }

    Answer agreement(Call call, Merchant merchant) {
        String id = Operation.GET_AGREEMENT.part(call.path(), 1).orElseThrow();
        return Answer.of(account(id, merchant)
                .map(account -> Reply.json(200, AgreementViews.json(account)))
                .orElseGet(() -> Endpoints.agreementMissing(call)));
    }

    Answer agreements(Call call, Merchant merchant) {
        Optional<Integer> page = number(call, "pageNumber", 1, Integer.MAX_VALUE);
        Optional<Integer> size = call.header(OldRequests.MARK).isPresent()
                ? Optional.of(Integer.MAX_VALUE)
                : number(call, "pageSize", AGREEMENTS_PER_PAGE, MOST_AGREEMENTS_PER_PAGE);
        String status = call.parameter("status").orElse("ACTIVE");
        boolean known = Arrays.stream(Agreement.Status.values())
                .anyMatch(one -> one.name().equals(status));
        Optional<Instant> after = createdAfter(call);
        if (page.isEmpty() || size.isEmpty() || !known || after.isEmpty()) {
            return badParameter(call, "status, createdAfter, pageNumber or pageSize", "is not valid");
        }
        ArrayNode body = Json.MAPPER.createArrayNode();
        engine.books()
                .agreements()
                .all()
                .filter(account -> account.agreement().visibleTo(merchant))
                .filter(account -> account.agreement().status().name().equals(status))
                .filter(account -> Instant.parse(
                                account.agreement().termsOrDemo().created())
                        .isAfter(after.get()))
                .skip((page.get() - 1L) * size.get())
                .limit(size.get())
                .forEach(account -> body.add(AgreementViews.json(account)));
        return Answer.of(Reply.json(200, body));
    }

    /** Milliseconds since 1970; the beginning of time where nothing is said. */
    private static Optional<Instant> createdAfter(Call call) {
        String text = call.parameter("createdAfter").orElse("0");
        return text.matches("[0-9]{1,15}") ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text))) : Optional.empty();
    }

    private Optional<AgreementAccount> account(String id, Merchant merchant) {
        return engine.books().account(id).filter(found -> found.agreement().visibleTo(merchant));
    }

    private static Optional<Integer> number(Call call, String name, int otherwise, int most) {
        String text = call.parameter(name).orElse(Integer.toString(otherwise));
        if (!text.matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        int value = Integer.parseInt(text);
        return value >= 1 && value <= most ? Optional.of(value) : Optional.empty();
    }

    private static Answer badParameter(Call call, String name, String reason) {
        List<FieldError> errors = List.of(new FieldError(name, reason));
        return Answer.of(Reply.problem(400, "validation-error", name + ' ' + reason, call.path(), errors));
    }
}

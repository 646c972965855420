package org.chargebridge.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a call through time, keys, limits and its endpoint, and writes down what came of it. */
final class ApiDoor {

    private final Engine engine;
    private final Tokens tokens;
    private final Gate gate;
    private final CreateEndpoints creates;
    private final OldRequests oldRequests;
    private final OldReplies oldReplies;
    private final ReadEndpoints reads;
    private final ModifyEndpoints modifications;
    private final AgreementEndpoints agreements;
    private final WebhookEndpoints webhooks;
    private final ReportEndpoints reports;

    ApiDoor(Engine engine, Tokens tokens, Faults faults, SimulatorSettings settings) {
        this.engine = engine;
        this.tokens = tokens;
        this.gate = new Gate(settings, tokens);
        this.creates = new CreateEndpoints(engine, faults, settings);
        this.oldRequests = new OldRequests(engine, tokens);
        this.oldReplies = new OldReplies(engine);
        this.reads = new ReadEndpoints(engine);
        this.agreements = new AgreementEndpoints(engine, settings);
        this.reports = new ReportEndpoints(engine);
        this.webhooks = new WebhookEndpoints(engine);
        this.modifications = new ModifyEndpoints(engine, settings);
    }

    /** Answers a call; what it changed is in the log when this returns. */
    Reply answer(Operation operation, Call call) {
        synchronized (engine) {
            engine.advance();
            boolean old = OldRequests.is(call.path()) && operation != Operation.UNKNOWN;
            Call asked = old ? oldRequests.renewed(operation, call) : call;
            Answer answer = route(operation, asked);
            ObjectNode line = Json.object()
                    .put("op", operation.wireName())
                    .put("status", answer.reply().status())
                    .put("msn", asked.header("merchant-serial-number").orElse(null));
            if (operation == Operation.UNKNOWN || answer.reply().status() >= 400) {
                line.put("path", call.path());
            }
            line.setAll(answer.line());
            List<ObjectNode> lines = new ArrayList<>(answer.effects());
            lines.add(line);
            engine.record(lines);
            return old ? oldReplies.aged(operation, asked, answer.reply()) : answer.reply();
        }
    }

    /** Old clients spell it accessToken and do not tell who they are. */
    private Optional<Reply> tokenRefused(Call call) {
        return call.path().startsWith("/accesstoken") ? gate.systemHeadersRefused(call) : Optional.empty();
    }

    private Answer route(Operation operation, Call call) {
        if (operation == Operation.TOKEN) {
            return Answer.of(tokenRefused(call).orElseGet(() -> tokens.fetch(call)));
        }
        if (operation == Operation.ACCOUNTING_TOKEN) {
            return Answer.of(tokens.fetchAccounting(call));
        }
        if (operation.isOfReports() && tokens.isAccounting(call)) {
            return gate.systemHeadersRefused(call)
                    .map(Answer::of)
                    .orElseGet(() -> reports.answer(operation, call, Optional.empty()));
        }
        Gate.Passage passage = gate.check(call);
        if (passage.refusal().isPresent()) {
            return Answer.of(passage.refusal().get());
        }
        Merchant merchant = passage.merchant().orElseThrow();
        Optional<Reply> limited = gate.limited(operation, call, merchant, engine.now());
        if (limited.isPresent()) {
            return Answer.of(limited.get());
        }
        return switch (operation) {
            case LIST_AGREEMENTS -> reads.agreements(call, merchant);
            case GET_AGREEMENT -> reads.agreement(call, merchant);
            case DRAFT_AGREEMENT -> agreements.draft(call, merchant);
            case UPDATE_AGREEMENT -> agreements.update(call, merchant);
            case ACCEPT_AGREEMENT -> agreements.accept(call, merchant);
            case CREATE_CHARGES -> creates.createMany(call, merchant);
            case CREATE_CHARGE -> creates.createOne(call, merchant);
            case LIST_CHARGES -> reads.charges(call, merchant);
            case GET_CHARGE -> reads.charge(call, merchant);
            case CANCEL_CHARGE -> modifications.cancel(call, merchant);
            case CAPTURE_CHARGE -> modifications.capture(call, merchant);
            case REFUND_CHARGE -> modifications.refund(call, merchant);
            case GET_CHARGE_BY_ID -> reads.chargeById(call, merchant);
            case REGISTER_WEBHOOK -> webhooks.register(call, merchant);
            case LIST_WEBHOOKS -> webhooks.list(merchant);
            case DELETE_WEBHOOK -> webhooks.delete(call, merchant);
            case LIST_LEDGERS, READ_FEED, READ_DATE -> reports.answer(operation, call, Optional.of(merchant));
            case TOKEN, ACCOUNTING_TOKEN, UNKNOWN ->
                Answer.of(Reply.problem(404, "resource-not-found", "No such resource", call.path()));
        };
    }
}

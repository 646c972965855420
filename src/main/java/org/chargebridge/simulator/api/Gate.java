package org.chargebridge.simulator.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is checked before an endpoint sees a call: keys, headers, rate limits. */
final class Gate {

    private static final List<String> SYSTEM_HEADERS = List.of(
            "vipps-system-name", "vipps-system-version", "vipps-system-plugin-name", "vipps-system-plugin-version");
    private static final int SYSTEM_HEADER_LENGTH = 30;

    private final RateLimits limits;
    private final RateLimiter limiter = new RateLimiter();
    private final Tokens tokens;
    private final List<Merchant> merchants;

    Gate(SimulatorSettings settings, Tokens tokens) {
        this.limits = settings.limits();
        this.merchants = settings.merchants();
        this.tokens = tokens;
    }

    /** The merchant of a call that passes; otherwise the refusal. */
    record Passage(Optional<Merchant> merchant, Optional<Reply> refusal) {

        private static Passage refused(Reply reply) {
            return new Passage(Optional.empty(), Optional.of(reply));
        }
    }

    Passage check(Call call) {
        boolean keyKnown = merchants.stream()
                .anyMatch(one -> call.header("ocp-apim-subscription-key").equals(Optional.of(one.subscriptionKey())));
        if (!keyKnown) {
            return Passage.refused(Reply.subscriptionRefused());
        }
        Optional<Merchant> merchant = call.header("authorization")
                .filter(value -> value.startsWith("Bearer "))
                .flatMap(value -> tokens.merchant(value.substring("Bearer ".length())));
        if (merchant.isEmpty()) {
            return Passage.refused(Reply.tokenRefused(call.path()));
        }
        return headersRefused(call, merchant.get())
                .map(Passage::refused)
                .orElseGet(() -> new Passage(acting(call, merchant.get()), Optional.empty()));
    }

    /** A partner's keys act for every sales unit that has them; which one is meant says the header alone. */
    private Optional<Merchant> acting(Call call, Merchant owner) {
        return merchants.stream()
                .filter(one -> call.header("merchant-serial-number").equals(Optional.of(one.msn())))
                .filter(one -> one.hasKeysOf(owner))
                .findFirst();
    }

    private Optional<Reply> headersRefused(Call call, Merchant merchant) {
        Optional<String> msn = call.header("merchant-serial-number");
        if (msn.isEmpty()) {
            return Optional.of(missing("Merchant-Serial-Number", call.path()));
        }
        if (merchants.stream().noneMatch(one -> msn.get().equals(one.msn()))) {
            return Optional.of(
                    Reply.problem(403, "invalid-sale-unit", "Sales unit is not allowed to use Recurring", call.path()));
        }
        boolean keyFits = call.header("ocp-apim-subscription-key").equals(Optional.of(merchant.subscriptionKey()));
        if (acting(call, merchant).isEmpty() || !keyFits) {
            return Optional.of(Reply.problem(
                    401, "not-authorized", "Token, subscription key and MSN do not belong together", call.path()));
        }
        return systemHeadersRefused(call).or(() -> mediaRefused(call));
    }

    /** The four headers that tell who calls; also asked of the token's call. */
    Optional<Reply> systemHeadersRefused(Call call) {
        for (String name : SYSTEM_HEADERS) {
            Optional<String> value = call.header(name);
            if (value.isEmpty()) {
                return Optional.of(missing(name, call.path()));
            }
            if (value.get().length() > SYSTEM_HEADER_LENGTH) {
                return Optional.of(Reply.problem(
                        400,
                        "validation-error",
                        name + " is longer than " + SYSTEM_HEADER_LENGTH + " characters",
                        call.path()));
            }
        }
        return Optional.empty();
    }

    private static Reply missing(String header, String path) {
        return Reply.problem(400, "missing-request-header", "Header " + header + " is missing", path);
    }

    private static Optional<Reply> mediaRefused(Call call) {
        boolean posts = call.method().equals("POST") || call.method().equals("PATCH");
        if (posts && !call.header("content-type").orElse("").startsWith("application/json")) {
            return Optional.of(
                    Reply.problem(415, "unsupported-media-type", "Content-Type must be application/json", call.path()));
        }
        String accept = call.header("accept").orElse("*/*");
        return accept.contains("json") || accept.contains("*/*") || accept.contains("application/*")
                ? Optional.empty()
                : Optional.of(Reply.problem(406, "not-acceptable", "Accept must allow application/json", call.path()));
    }

    /** The refusal of one call too many within a minute of the simulator's clock. */
    Optional<Reply> limited(Operation operation, Call call, Merchant merchant, Instant now) {
        String msn = merchant.msn();
        String path = msn + ' ' + call.path();
        String key = msn + ' ' + call.header("idempotency-key").orElse("");
        return switch (operation) {
            case CREATE_CHARGES -> over("creates " + msn, limits.createPerMsn(), now);
            case CREATE_CHARGE ->
                over("create " + key, limits.createPerKey(), now)
                        .or(() -> over("creates " + msn, limits.createPerMsn(), now))
                        .or(() -> isUnscheduled(call)
                                ? over("unscheduled " + msn, limits.unscheduledPerMsn(), now)
                                : Optional.empty());
            case GET_CHARGE -> over("charge " + path, limits.chargePerCharge(), now);
            case GET_CHARGE_BY_ID -> over("charge by id " + msn, limits.chargeById(), now);
            case LIST_CHARGES -> over("charges " + path, limits.chargesPerAgreement(), now);
            case GET_AGREEMENT -> over("agreement " + path, limits.agreementPerAgreement(), now);
            case LIST_AGREEMENTS -> over("agreements " + msn, limits.agreementsPerMsn(), now);
            case CANCEL_CHARGE, CAPTURE_CHARGE, REFUND_CHARGE ->
                over(operation + " " + path, limits.modificationsPerCharge(), now);
            case DRAFT_AGREEMENT -> over("drafts " + msn, limits.draftsPerMsn(), now);
            case UPDATE_AGREEMENT, ACCEPT_AGREEMENT -> over("update " + path, limits.updatesPerAgreement(), now);
            case REGISTER_WEBHOOK,
                    LIST_WEBHOOKS,
                    DELETE_WEBHOOK,
                    LIST_LEDGERS,
                    READ_FEED,
                    READ_DATE,
                    ACCOUNTING_TOKEN,
                    TOKEN,
                    UNKNOWN -> Optional.empty();
        };
    }

    private static boolean isUnscheduled(Call call) {
        return call.json()
                .filter(body -> body.path("type").asText().equals("UNSCHEDULED"))
                .isPresent();
    }

    private Optional<Reply> over(String key, int perMinute, Instant now) {
        return limiter.exceeded(key, perMinute, now).map(Reply::tooMany);
    }
}

package org.chargebridge.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.chargebridge.ledger.AuditChain;
import org.chargebridge.ledger.AuditTrail;
import org.springframework.lang.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /operator/audit}. */
@RestController
@RequestMapping("/operator/audit")
@Tag(name = "audit", description = "Who decided what, when and why")
class AuditController {

    /** One page; {@code next} is the {@code before} of the one after it. */
    record Events(List<AuditTrail.Recorded> events, Optional<Long> next) {}

    private final AuditTrail trail;
    private final AuditChain chain;

    AuditController(AuditTrail trail, AuditChain chain) {
        this.trail = trail;
        this.chain = chain;
    }

    @GetMapping
    @Operation(summary = "Lists what was decided, newest first")
    Events list(
            @RequestParam Optional<String> actor,
            @RequestParam Optional<String> text,
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(required = false) @Nullable Integer limit) {
        int size = Paged.size(limit);
        List<AuditTrail.Recorded> found = trail.last(actor, text, before, size);
        return new Events(
                found,
                found.size() < size
                        ? Optional.empty()
                        : Optional.of(found.get(size - 1).id()));
    }

    @GetMapping("/verification")
    @Operation(summary = "Checks the whole chain of hashes: broken is empty where nothing was changed")
    AuditChain.Verification verify() {
        return chain.verify();
    }
}

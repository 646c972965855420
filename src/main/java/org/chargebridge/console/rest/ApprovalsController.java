package org.chargebridge.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.chargebridge.console.ApprovalDecisions;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Allowed;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.lang.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /operator/approvals}: what a second person decides. */
@RestController
@RequestMapping("/operator/approvals")
@Tag(
        name = "approvals",
        description =
                "What a second person decides: refunds, re-pointed keys, files above the limit, corrected agreements")
class ApprovalsController {

    /** Why. */
    record Order(String reason) {}

    private final ApprovalDecisions approvals;
    private final NamedChannel named;

    ApprovalsController(ApprovalDecisions approvals, NamedChannel named) {
        this.approvals = approvals;
        this.named = named;
    }

    @GetMapping
    @Operation(summary = "Lists what waits for a second person, newest first; with all=true what was decided, too")
    ResponseEntity<Object> list(
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(required = false) @Nullable Integer limit) {
        int size = Paged.size(limit);
        List<ApprovalView> found =
                approvals.find(!all, Optional.ofNullable(channel), Paged.before(before), size).stream()
                        .map(ApprovalView::of)
                        .toList();
        named.check(Optional.ofNullable(channel), found);
        return ResponseEntity.ok(Paged.of(found, size, ApprovalView::id));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows one")
    ResponseEntity<Object> one(@PathVariable long id) {
        return approvals
                .byId(id)
                .<ResponseEntity<Object>>map(approval -> ResponseEntity.ok(ApprovalView.of(approval)))
                .orElseGet(() -> Answers.problem(HttpStatus.NOT_FOUND, "There is no approval " + id + "."));
    }

    @PostMapping("/{id}/ask")
    @Allowed.ToOperators
    @Operation(summary = "Asks that somebody else approve it, where the channel takes two persons")
    ResponseEntity<Object> ask(@PathVariable long id, @RequestBody Order order, Authentication login) {
        return Answers.of(approvals.ask(id, Actor.of(login), order.reason()));
    }

    @PostMapping("/{id}/approve")
    @Allowed.ToApprovers
    @Operation(summary = "Lets it go; not for whoever asked for it")
    ResponseEntity<Object> approve(@PathVariable long id, @RequestBody Order order, Authentication login) {
        return Answers.of(approvals.approve(id, Actor.of(login), order.reason()));
    }

    @PostMapping("/{id}/refuse")
    @Allowed.ToApprovers
    @Operation(
            summary =
                    "Turns it down; what it is about is given up, except a letter whose agreement was to be corrected")
    ResponseEntity<Object> refuse(@PathVariable long id, @RequestBody Order order, Authentication login) {
        return Answers.of(approvals.refuse(id, Actor.of(login), order.reason()));
    }
}

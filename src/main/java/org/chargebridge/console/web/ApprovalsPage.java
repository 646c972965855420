package org.chargebridge.console.web;

import java.util.List;
import java.util.Optional;
import org.chargebridge.console.ApprovalDecisions;
import org.chargebridge.console.Result;
import org.chargebridge.ledger.Approval;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Allowed;
import org.springframework.lang.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a second person decides. */
@Controller
@RequestMapping("/approvals")
class ApprovalsPage {

    private static final int SIZE = 50;

    private final ApprovalDecisions approvals;
    private final ReasonSentences sentences;

    ApprovalsPage(ApprovalDecisions approvals, ReasonSentences sentences) {
        this.approvals = approvals;
        this.sentences = sentences;
    }

    @GetMapping
    String list(
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        List<Approval> found = approvals.find(!all, Optional.empty(), before == null ? Long.MAX_VALUE : before, SIZE);
        model.addAttribute("all", all);
        model.addAttribute("approvals", found);
        model.addAttribute("sentences", sentences);
        if (found.size() == SIZE) {
            model.addAttribute("next", found.get(SIZE - 1).id());
        }
        return "approvals";
    }

    /** One, with the form that asks once. */
    @GetMapping("/{id}")
    String one(@PathVariable long id, Authentication login, Model model) {
        Approval approval = approvals.byId(id).orElseThrow(NoSuchThing::new);
        model.addAttribute("approval", approval);
        model.addAttribute("waitsForAsking", approvals.waitsForAsking(approval));
        model.addAttribute("own", approval.isAskedBy(login.getName()));
        model.addAttribute("sentences", sentences);
        return "approval";
    }

    @PostMapping("/{id}/ask")
    @Allowed.ToOperators
    String ask(@PathVariable long id, @RequestParam String reason, Authentication login, RedirectAttributes redirect) {
        return told(id, approvals.ask(id, Actor.of(login), reason), redirect);
    }

    @PostMapping("/{id}/approve")
    @Allowed.ToApprovers
    String approve(
            @PathVariable long id, @RequestParam String reason, Authentication login, RedirectAttributes redirect) {
        return told(id, approvals.approve(id, Actor.of(login), reason), redirect);
    }

    @PostMapping("/{id}/refuse")
    @Allowed.ToApprovers
    String refuse(
            @PathVariable long id, @RequestParam String reason, Authentication login, RedirectAttributes redirect) {
        return told(id, approvals.refuse(id, Actor.of(login), reason), redirect);
    }

    private static String told(long id, Result result, RedirectAttributes redirect) {
        Notice.of(result).in(redirect);
        return "redirect:/approvals/" + id;
    }
}

package org.chargebridge.console.web;

import java.util.List;
import org.chargebridge.console.BulkDecisions;
import org.chargebridge.console.LetterFilters;
import org.chargebridge.console.Result;
import org.chargebridge.ledger.BulkOrder;
import org.chargebridge.ledger.DeadLetterHandler.Decision;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Allowed;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.lang.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One decision about many letters: ordered below the list of them, and followed here. */
@Controller
class BulkOrdersPage {

    private static final int FAILURES = 100;

    private final BulkDecisions bulk;

    BulkOrdersPage(BulkDecisions bulk) {
        this.bulk = bulk;
    }

    /** @param every whether all that pass the filter are meant, instead of those with a mark */
    @PostMapping("/deadletters/bulk")
    @Allowed.ToThoseWhoDecide
    String order(
            DeadLettersPage.Asked asked,
            @RequestParam String decision,
            @RequestParam(defaultValue = "") String why,
            @RequestParam(defaultValue = "false") boolean every,
            @RequestParam(required = false) @Nullable List<Long> letter,
            Authentication login,
            RedirectAttributes redirect) {
        Decision wanted = Decision.of(decision).orElseThrow(NoSuchThing::new);
        BulkDecisions.Wish wish = new BulkDecisions.Wish(wanted, Actor.of(login), why, LocaleContextHolder.getLocale());
        BulkDecisions.Ordered ordered;
        try {
            ordered = every
                    ? bulk.order(
                            wish,
                            LetterFilters.of(null, asked.kind(), asked.channel(), asked.orderId(), asked.reason()))
                    : bulk.order(wish, letter == null ? List.of() : letter);
        } catch (IllegalArgumentException noSuchWord) {
            throw new NoSuchThing();
        }
        Notice.of(ordered.result()).in(redirect);
        return ordered.id().isPresent()
                ? "redirect:/bulk-orders/" + ordered.id().getAsLong()
                : "redirect:" + asked.address();
    }

    @GetMapping("/bulk-orders/{id}")
    String one(@PathVariable long id, Model model) {
        describe(id, model);
        return "bulk-order";
    }

    /** What the page asks for again and again while the order runs. */
    @GetMapping("/bulk-orders/{id}/progress")
    String progress(@PathVariable long id, Model model) {
        describe(id, model);
        return "bulk-order :: progress";
    }

    private void describe(long id, Model model) {
        BulkOrder order = bulk.byId(id).orElseThrow(NoSuchThing::new);
        model.addAttribute("order", order);
        model.addAttribute("failures", bulk.failures(id, FAILURES));
        model.addAttribute("running", order.state() == BulkOrder.State.RUNNING);
    }

    @PostMapping("/bulk-orders/{id}/stop")
    @Allowed.ToThoseWhoDecide
    String stop(@PathVariable long id, Authentication login, RedirectAttributes redirect) {
        Result result = bulk.stop(id, Actor.of(login), "");
        Notice.of(result).in(redirect);
        return "redirect:/bulk-orders/" + id;
    }
}

package org.chargebridge.console.web;

import java.util.List;
import java.util.Optional;
import org.chargebridge.ledger.AuditChain;
import org.chargebridge.ledger.AuditTrail;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who decided what, when and why. */
@Controller
class AuditPage {

    private static final int LINES = 50;

    private final AuditTrail trail;
    private final AuditChain chain;

    AuditPage(AuditTrail trail, AuditChain chain) {
        this.trail = trail;
        this.chain = chain;
    }

    @GetMapping("/audit")
    String show(
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(defaultValue = "false") boolean verify,
            Model model) {
        List<AuditTrail.Recorded> events = trail.last(filter(actor), filter(text), before, LINES);
        model.addAttribute("events", events);
        model.addAttribute("actor", actor);
        model.addAttribute("text", text);
        model.addAttribute(
                "next", events.size() < LINES ? null : events.get(LINES - 1).id());
        model.addAttribute("verification", verify ? chain.verify() : null);
        return "audit";
    }

    private static Optional<String> filter(String typed) {
        return Optional.of(typed.strip()).filter(word -> !word.isEmpty());
    }
}

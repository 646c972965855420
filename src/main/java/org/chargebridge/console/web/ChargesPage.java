package org.chargebridge.console.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.chargebridge.channel.Channels;
import org.chargebridge.console.ChargeQuestion;
import org.chargebridge.console.ChargeRecords;
import org.chargebridge.security.Allowed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Finds any charge, and shows all that happened to one. */
@Controller
class ChargesPage {

    private static final int LINES = 50;

    private final ChargeRecords charges;
    private final Channels channels;

    ChargesPage(ChargeRecords charges, Channels channels) {
        this.charges = charges;
        this.channels = channels;
    }

    /**
     * @param search the name under which a search is kept
     * @param before where the list goes on
     */
    @GetMapping("/charges")
    String find(
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "") String before,
            HttpSession session,
            Model model) {
        Optional<ChargeQuestion> asked = ChargeSearches.of(session).named(search);
        ChargeQuestion question = asked.orElse(ChargeQuestion.ANY).from(before);
        model.addAttribute("question", question);
        model.addAttribute("search", search);
        model.addAttribute("forgotten", !search.isEmpty() && asked.isEmpty());
        model.addAttribute("channels", channels.names());
        model.addAttribute("fault", question.fault().isPresent());
        if (question.fault().isEmpty()) {
            model.addAttribute("found", charges.find(question, LINES));
        }
        return "charges";
    }

    /** Keeps what is looked for, and shows it under an address that does not say it. */
    @PostMapping("/charges")
    @Allowed.ToViewers
    String ask(@ModelAttribute("question") ChargeQuestion question, HttpSession session, RedirectAttributes next) {
        next.addAttribute("search", ChargeSearches.of(session).keep(question));
        return "redirect:/charges";
    }

    @GetMapping("/charges/{orderId}")
    String history(@PathVariable String orderId, Model model, HttpServletResponse response) throws IOException {
        Optional<ChargeRecords.History> history = charges.history(orderId);
        if (history.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return null;
        }
        model.addAttribute("history", history.get());
        return "charge";
    }
}

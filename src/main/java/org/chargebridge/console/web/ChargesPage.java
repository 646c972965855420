package org.chargebridge.console.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.chargebridge.channel.Channels;
import org.chargebridge.console.ChargeQuestion;
import org.chargebridge.console.ChargeRecords;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

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

    @GetMapping("/charges")
    String find(@ModelAttribute("question") ChargeQuestion question, Model model) {
        model.addAttribute("channels", channels.names());
        model.addAttribute("fault", question.fault().isPresent());
        if (question.fault().isEmpty()) {
            model.addAttribute("found", charges.find(question, LINES));
        }
        return "charges";
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

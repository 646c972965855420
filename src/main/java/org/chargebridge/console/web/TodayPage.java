package org.chargebridge.console.web;

import org.chargebridge.console.Overview;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Today at a glance. */
@Controller
class TodayPage {

    private final Overview overview;

    TodayPage(Overview overview) {
        this.overview = overview;
    }

    @GetMapping("/")
    String show(Model model) {
        model.addAttribute("channels", overview.channels());
        return "today";
    }
}

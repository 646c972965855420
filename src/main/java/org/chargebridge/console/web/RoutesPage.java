package org.chargebridge.console.web;

import java.util.Locale;
import org.chargebridge.console.Result;
import org.chargebridge.console.RouteControl;
import org.chargebridge.route.RouteStanding;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Allowed;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The routes: what each does, how it stands, and stopping, starting and waking it. */
@Controller
class RoutesPage {

    private final RouteControl routes;

    RoutesPage(RouteControl routes) {
        this.routes = routes;
    }

    @GetMapping("/routes")
    String list(Model model) {
        model.addAttribute("routes", routes.all());
        return "routes";
    }

    /** The rows alone, which the page asks for again every few seconds. */
    @GetMapping("/routes/rows")
    String rows(Model model) {
        model.addAttribute("routes", routes.all());
        return "routes :: rows";
    }

    @GetMapping("/routes/{id}")
    String one(@PathVariable String id, Model model) {
        RouteStanding route = routes.of(id).orElseThrow(NoSuchThing::new);
        model.addAttribute("route", route);
        return "route";
    }

    @PostMapping("/routes/{id}/{order}")
    @Allowed.ToOperators
    String order(
            @PathVariable String id,
            @PathVariable String order,
            @RequestParam(defaultValue = "") String reason,
            Authentication login,
            RedirectAttributes next) {
        RouteControl.Order wanted;
        try {
            wanted = RouteControl.Order.valueOf(order.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new NoSuchThing();
        }
        Result result = routes.order(id, wanted, Actor.of(login), reason);
        Notice.of(result).in(next);
        return "redirect:/routes/" + id;
    }
}

package org.chargebridge.console.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.chargebridge.security.OidcProviders;
import org.chargebridge.security.OidcRefusal;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where one logs in: with a name and a password, or through an OpenID Connect provider where one is configured. */
@Controller
class LoginPage {

    private final Map<String, String> providers = new LinkedHashMap<>();

    LoginPage(ObjectProvider<OidcProviders> configured) {
        configured.ifAvailable(
                all -> all.names().forEach((id, name) -> providers.put("/oauth2/authorization/" + id, name)));
    }

    @GetMapping("/login")
    String show(Model model, @RequestParam(name = "oidc", defaultValue = "") String refused) {
        model.addAttribute(
                "refusal", OidcRefusal.of(refused).map(OidcRefusal::word).orElse(null));
        model.addAttribute("providers", providers);
        return "login";
    }
}

package org.chargebridge.console.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Where one logs in: with a name and a password, or through an OpenID Connect provider where one is configured. */
@Controller
class LoginPage {

    private final Map<String, String> providers = new LinkedHashMap<>();

    LoginPage(ObjectProvider<ClientRegistrationRepository> repository) {
        if (repository.getIfAvailable() instanceof Iterable<?> registrations) {
            for (Object registration : registrations) {
                if (registration instanceof ClientRegistration client) {
                    providers.put("/oauth2/authorization/" + client.getRegistrationId(), client.getClientName());
                }
            }
        }
    }

    @GetMapping("/login")
    String show(Model model) {
        model.addAttribute("providers", providers);
        return "login";
    }
}

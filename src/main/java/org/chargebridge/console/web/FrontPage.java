package org.chargebridge.console.web;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says where to look, to whoever opens the web port. */
@RestController
class FrontPage {

    private final String text;

    FrontPage(
            @Value("${management.server.address:127.0.0.1}") String address,
            @Value("${management.server.port:9876}") String port) {
        String observe = "http://" + address + ":" + port + "/observe/";
        this.text = "Chargebridge runs.\n\nHealth:       " + observe + "health\nMetrics:      " + observe
                + "metrics\nRoutes:       " + observe + "camelroutes (operator)\nDead letters: " + observe
                + "deadletters (operator)\nFor ERPs:     /api/openapi.json on this port (users of chargebridge.http-users)\n";
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_PLAIN_VALUE)
    String show() {
        return text;
    }
}

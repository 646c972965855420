package org.chargebridge.webhook;

import java.util.Set;
import java.util.regex.Pattern;
import org.chargebridge.publicport.PublicPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of this room is reached from outside. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    /** Also written where the route {@code receive-webhooks} begins. */
    static final String PATH = "/webhooks/recurring";

    /** A delivery is some hundred bytes. */
    private static final int BODY_MAX = 64 * 1024;

    @Bean
    PublicPath webhooksFromOutside() {
        return new PublicPath(Set.of("POST"), Pattern.compile(Pattern.quote(PATH)), BODY_MAX, false);
    }
}

package org.chargebridge.draft;

import java.util.Set;
import java.util.regex.Pattern;
import org.chargebridge.publicport.PublicPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of this room is reached from outside. */
@Configuration(proxyBeanMethods = false)
class DraftConfiguration {

    /** A button sends nothing. */
    private static final int BODY_MAX = 1024;

    /** Also written where the route {@code offer-agreements} begins, and where intake makes addresses. */
    @Bean
    PublicPath offersFromOutside() {
        return new PublicPath(
                Set.of("GET", "HEAD", "POST"), Pattern.compile("/agreements/[0-9a-f]{32}"), BODY_MAX, true);
    }
}

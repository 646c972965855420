package org.chargebridge.draft;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
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
    private static final String PATH = "/agreements/";

    /** Also of such as lost something on their way: who opens one of those reads that it is not known. */
    private static final Pattern ADDRESS = Pattern.compile(PATH + "[0-9A-Za-z]{1,64}");

    /** Typed in capitals, or with a sign behind it that a mail program took for a part of it. */
    private static final Pattern WRITTEN_OTHERWISE =
            Pattern.compile("/+agreements/+([0-9a-f]{32})(?:[^0-9a-z].*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    @Bean
    PublicPath offersFromOutside() {
        return new PublicPath(Set.of("GET", "HEAD", "POST"), ADDRESS, BODY_MAX, true, DraftConfiguration::meant);
    }

    static Optional<String> meant(String asked) {
        return Optional.of(WRITTEN_OTHERWISE.matcher(asked))
                .filter(Matcher::matches)
                .map(address -> PATH + address.group(1).toLowerCase(Locale.ROOT));
    }
}

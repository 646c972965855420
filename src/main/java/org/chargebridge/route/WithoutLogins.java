package org.chargebridge.route;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.springframework.stereotype.Component;

/**
 * Keeps what a caller logs in with out of the exchange: who called is decided before, and whatever looks into an exchange
 * would find it. The signature of a webhook is no login, and the route that checks it needs it.
 */
@Component("withoutLogins")
class WithoutLogins extends HttpHeaderFilterStrategy {

    private static final Set<String> LOGINS = Set.of("cookie", "proxy-authorization");
    private static final Set<String> SCHEMES = Set.of("basic", "bearer", "digest", "negotiate");

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return isLogin(name, value) || super.applyFilterToExternalHeaders(name, value, exchange);
    }

    private static boolean isLogin(String name, Object value) {
        String lower = name == null ? "" : name.toLowerCase(Locale.ROOT);
        String scheme = String.valueOf(value).strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        return LOGINS.contains(lower) || lower.equals("authorization") && SCHEMES.contains(scheme);
    }
}

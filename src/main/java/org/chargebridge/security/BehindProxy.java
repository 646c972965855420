package org.chargebridge.security;

import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Believes a proxy on a private address of whom it passes on, and that it was asked over TLS: so that cookies are for TLS
 * only, addresses in answers are those that the caller knows, and failed logins count for the caller and not for the proxy.
 */
@Component
@ConditionalOnProperty("chargebridge.behind-proxy")
class BehindProxy implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        RemoteIpValve valve = new RemoteIpValve();
        valve.setProtocolHeader("X-Forwarded-Proto");
        valve.setPortHeader("X-Forwarded-Port");
        server.addEngineValves(valve);
    }
}

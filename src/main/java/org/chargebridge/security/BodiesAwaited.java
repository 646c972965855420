package org.chargebridge.security;

import org.chargebridge.publicport.PlainChunks;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * For each web server of the process: that of people and ERPs, and that of management, which finds this by the list in
 * {@code META-INF/spring}.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class BodiesAwaited {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slowBodies() {
        return server -> {
            server.addEngineValves(new SlowBodies());
            server.addConnectorCustomizers(PlainChunks::only);
        };
    }
}

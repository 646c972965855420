package org.chargebridge.intake.http;

import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How requests reach the routes. */
@Configuration(proxyBeanMethods = false)
class HttpDoorConfiguration {

    /**
     * On the server's own threads: their number is the limit of requests under way, and no timer of asynchronous requests
     * answers for a file that is still being recorded.
     */
    @Bean("platform-http-engine")
    PlatformHttpEngine platformHttpEngine(@Value("${server.port:8080}") int port) {
        return new SpringBootPlatformHttpEngine(port, Runnable::run);
    }
}

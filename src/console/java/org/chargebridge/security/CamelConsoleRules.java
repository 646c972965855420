package org.chargebridge.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.chargebridge.camelconsole.ConsoleRequests;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/** Camel's own tools are for admins, on the management port. */
@Configuration(proxyBeanMethods = false)
class CamelConsoleRules {

    private static final List<String> TOOLS = List.of("/camel", "/hawtio", "/jolokia");

    @Bean
    @Order(0)
    SecurityFilterChain camelTools(
            HttpSecurity http, WebEndpointProperties endpoints, Environment environment, LoginLimiter operatorLogins)
            throws Exception {
        String base = endpoints.getBasePath();
        return http.securityMatcher(
                        request -> HttpSecurityRules.isManagement(request, environment) && isTool(request, base))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/**")
                        .hasRole(Role.ADMIN.name())
                        .requestMatchers(HttpMethod.POST, base + "/jolokia/**", base + "/hawtio/jolokia/**")
                        .hasRole(Role.ADMIN.name())
                        .anyRequest()
                        .denyAll())
                .httpBasic(Customizer.withDefaults())
                // Other sites' pages are refused by what a browser says of them: Hawtio sends no token.
                .csrf(CsrfConfigurer::disable)
                .headers(headers -> headers.frameOptions(frames -> frames.deny()))
                .addFilterBefore(new LoginThrottle(operatorLogins), BasicAuthenticationFilter.class)
                .addFilterAfter(new ConsoleRequests(base), AuthorizationFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    private static boolean isTool(HttpServletRequest request, String base) {
        String path = request.getRequestURI();
        return TOOLS.stream().anyMatch(tool -> path.equals(base + tool) || path.startsWith(base + tool + "/"));
    }
}

package org.chargebridge.security;

import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.DispatcherType;
import java.util.Arrays;
import java.util.Optional;
import org.chargebridge.security.OidcRules.OidcLogin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * The rules for the operator's pages, and for whatever else the web port is asked: a session after a login by form or by
 * OpenID Connect, a token in each form against forged ones, and nothing loaded from elsewhere.
 */
@Configuration(proxyBeanMethods = false)
class PageRules {

    private static final String CONTENT =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none';"
                    + " form-action 'self'";

    @Bean
    @Order(9)
    SecurityFilterChain pages(HttpSecurity http, LoginLimiter operatorLogins, ObjectProvider<OidcLogin> providers)
            throws Exception {
        FormLogin form = new FormLogin(operatorLogins);
        http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, FormLogin.PAGE, "/assets/**", "/webjars/htmx.org/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET)
                        .hasRole(Role.VIEWER.name())
                        .requestMatchers(HttpMethod.POST, "/charges")
                        .hasRole(Role.VIEWER.name())
                        .requestMatchers(HttpMethod.POST)
                        .hasAnyRole(Role.OPERATOR.name(), Role.APPROVER.name())
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(handling ->
                        handling.accessDeniedHandler(new EndedSession()).authenticationEntryPoint(EndedSession.login()))
                .formLogin(login -> login.loginPage(FormLogin.PAGE)
                        .successHandler(form.success())
                        .failureHandler(form)
                        .permitAll())
                .logout(logout ->
                        logout.logoutSuccessUrl(FormLogin.PAGE + "?left").permitAll())
                .addFilterBefore(new UploadGuard(), CsrfFilter.class)
                .addFilterBefore(form, UsernamePasswordAuthenticationFilter.class)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)));
        Optional<OidcLogin> provider = Optional.ofNullable(providers.getIfAvailable());
        if (provider.isPresent()) {
            provider.get().addTo(http);
        }
        return http.build();
    }

    /** There before they count, and where there is no provider. */
    @Bean
    MeterBinder oidcRefusalsAtZero() {
        return meters -> Arrays.stream(OidcRefusal.values()).forEach(refusal -> OidcRefusals.counter(meters, refusal));
    }
}

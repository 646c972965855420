package org.chargebridge.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.HttpUser;
import org.chargebridge.intake.http.HttpDoor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/** The rules for ERPs that call: users of their own, who log in with each request and are no operators (ER22). */
@Configuration(proxyBeanMethods = false)
class HttpDoorRules {

    private static final String ERP = "ERP";
    private static final int LOGINS_REMEMBERED = 10_000;

    @Bean
    @Order(3)
    SecurityFilterChain doorRules(
            HttpSecurity http, Channels channels, PasswordEncoder encoder, HttpDoor door, LoginSettings logins)
            throws Exception {
        LoginThrottle throttle = new LoginThrottle(new LoginLimiter(logins, LOGINS_REMEMBERED, System::nanoTime));
        Filter pass = (request, response, chain) ->
                door.pass((HttpServletRequest) request, (HttpServletResponse) response, chain);
        return http.securityMatcher("/api/**", "/vipps-recurring-payments/**")
                .authenticationManager(new ProviderManager(provider(channels, encoder)))
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                                .permitAll()
                                .anyRequest()
                                .hasRole(ERP))
                .httpBasic(basic -> basic.authenticationEntryPoint(throttle.counting(loginRequired())))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(throttle.counting(loginRequired())))
                .csrf(CsrfConfigurer::disable)
                .requestCache(RequestCacheConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(throttle, BasicAuthenticationFilter.class)
                // Only of those who are known a body is read.
                .addFilterAfter(pass, AuthorizationFilter.class)
                .build();
    }

    private static DaoAuthenticationProvider provider(Channels channels, PasswordEncoder encoder) {
        List<UserDetails> users =
                channels.httpUsers().stream().map(HttpDoorRules::details).toList();
        DaoAuthenticationProvider provider = new DaoAuthenticationProvider(new InMemoryUserDetailsManager(users));
        provider.setPasswordEncoder(encoder);
        return provider;
    }

    private static UserDetails details(HttpUser user) {
        return User.withUsername(user.name())
                .password("{bcrypt}" + user.passwordHash())
                .roles(ERP)
                .build();
    }

    private static AuthenticationEntryPoint loginRequired() {
        return Refusals.loginRequired(
                "User and password are missing or wrong.", "Send the ones of chargebridge.http-users with HTTP Basic.");
    }
}

package org.chargebridge.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.chargebridge.publicport.PublicGate;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/** Who may log in, and the rules for the management port, the public port and the operator's REST interface. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class HttpSecurityRules {

    /** Where the operator's REST interface lies on the web port. */
    static final String REST = "/operator";

    /**
     * What the description of the interface under {@code /operator/docs} needs to be shown and tried, and nothing else; the
     * hash is that of the one style sheet that Swagger UI brings along in its script.
     */
    private static final String REST_CONTENT = "default-src 'none'; script-src 'self'; style-src 'self'"
            + " 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; img-src 'self' data:; font-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final int LOGINS_REMEMBERED = 10_000;

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    static RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.withDefaultRolePrefix()
                .role(Role.ADMIN.name())
                .implies(Role.OPERATOR.name(), Role.APPROVER.name())
                .role(Role.OPERATOR.name())
                .implies(Role.VIEWER.name())
                .role(Role.APPROVER.name())
                .implies(Role.VIEWER.name())
                .build();
    }

    @Bean
    UserDetailsService users(OperatorSettings operator, Environment environment, PasswordEncoder encoder) {
        List<UserDetails> users = new ArrayList<>();
        if (operator.user() != null && !operator.user().isBlank()) {
            users.add(User.withUsername(operator.user())
                    .password(encoder.encode(operator.password()))
                    .roles(Role.ADMIN.name())
                    .build());
        }
        ConsoleUsers.read(environment, false)
                .users()
                .forEach(user -> users.add(User.withUsername(user.name())
                        .password(user.encodedPassword())
                        .roles(user.roles().stream().map(Role::name).toArray(String[]::new))
                        .build()));
        return new InMemoryUserDetailsManager(users);
    }

    /** Of the people who log in, whichever way; ERPs have one of their own. */
    @Bean
    LoginLimiter operatorLogins(LoginSettings logins) {
        return new LoginLimiter(logins, LOGINS_REMEMBERED, System::nanoTime);
    }

    /** Management. Without sessions there is nothing that a forged request could ride on. */
    @Bean
    @Order(1)
    SecurityFilterChain management(HttpSecurity http, WebEndpointProperties endpoints, LoginLimiter operatorLogins)
            throws Exception {
        String health = endpoints.getBasePath() + "/health";
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.requestMatchers(request -> isProbe(request, health))
                        .permitAll()
                        // Routes are shown here; they are stopped and started elsewhere.
                        .requestMatchers(EndpointRequest.to("camelroutes").withHttpMethod(HttpMethod.POST))
                        .denyAll()
                        .requestMatchers(EndpointRequest.toAnyEndpoint().withHttpMethod(HttpMethod.GET))
                        .hasRole(Role.VIEWER.name())
                        .anyRequest()
                        .hasRole(Role.OPERATOR.name()))
                .httpBasic(Customizer.withDefaults())
                .csrf(CsrfConfigurer::disable)
                .addFilterBefore(new LoginThrottle(operatorLogins), BasicAuthenticationFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    private static boolean isProbe(HttpServletRequest request, String health) {
        String asked = request.getRequestURI();
        return asked.equals(health + "/live") || asked.equals(health + "/ready");
    }

    /** Where the management port has no endpoint there is nothing, for anybody. */
    @Bean
    @Order(8)
    SecurityFilterChain restOfManagement(HttpSecurity http, Environment environment, LoginLimiter operatorLogins)
            throws Exception {
        return http.securityMatcher(request -> isManagement(request, environment))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .httpBasic(Customizer.withDefaults())
                .csrf(CsrfConfigurer::disable)
                .addFilterBefore(new LoginThrottle(operatorLogins), BasicAuthenticationFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    static boolean isManagement(HttpServletRequest request, Environment environment) {
        String port = String.valueOf(request.getLocalPort());
        return port.equals(environment.getProperty("local.management.port"))
                && !port.equals(environment.getProperty("local.server.port"));
    }

    /** What the gate let pass is for anybody; it says itself whom it believes. */
    @Bean
    @Order(2)
    SecurityFilterChain outside(HttpSecurity http) throws Exception {
        return http.securityMatcher(PublicGate::passed)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(CsrfConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /** The operator's REST interface: a login with each request. */
    @Bean
    @Order(4)
    SecurityFilterChain rest(HttpSecurity http, LoginLimiter operatorLogins) throws Exception {
        return http.securityMatcher(REST + "/**")
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers(HttpMethod.GET)
                                .hasRole(Role.VIEWER.name())
                                .requestMatchers(HttpMethod.POST, REST + "/charges/search")
                                .hasRole(Role.VIEWER.name())
                                .anyRequest()
                                .hasAnyRole(Role.OPERATOR.name(), Role.APPROVER.name()))
                .httpBasic(basic -> basic.authenticationEntryPoint(Refusals.loginRequired()))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(Refusals.loginRequired())
                        .accessDeniedHandler(Refusals.roleMissing()))
                .csrf(CsrfConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(REST_CONTENT)))
                .addFilterBefore(new LoginThrottle(operatorLogins), BasicAuthenticationFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }
}

package org.chargebridge.security;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.security.oauth2.client.ConditionalOnOAuth2ClientRegistrationProperties;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;

/** Only where there is a provider of OpenID Connect in the settings. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnOAuth2ClientRegistrationProperties
@EnableConfigurationProperties(OAuth2ClientProperties.class)
class OidcRules {

    @Bean
    OidcCalls oidcCalls(OidcSettings oidc) {
        return new OidcCalls(oidc);
    }

    @Bean
    OidcProviders oidcProviders(OAuth2ClientProperties settings, OidcCalls calls) {
        return new OidcProviders(settings, calls);
    }

    @Bean
    OidcStanding oidcHealthIndicator(OidcProviders providers) {
        return new OidcStanding(providers);
    }

    @Bean
    OidcLogin oidcLogin(OidcSettings oidc, OidcCalls calls, OidcStanding standing, MeterRegistry meters) {
        OidcRefusals refusals = new OidcRefusals(calls, standing, meters);
        OidcPeople people = new OidcPeople(calls.userInfo(), standing);
        return http -> http.oauth2Login(login -> login.loginPage(FormLogin.PAGE)
                .failureHandler(refusals)
                .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                    @Override
                    public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O leaving) {
                        // A provider that cannot be asked for its addresses is told as one that lets nobody in.
                        leaving.setAuthenticationFailureHandler(refusals);
                        return leaving;
                    }
                })
                .tokenEndpoint(token -> token.accessTokenResponseClient(calls.tokens()))
                .userInfoEndpoint(user -> user.oidcUserService(people).userAuthoritiesMapper(new OidcRoles(oidc))));
    }

    @Bean
    JwtDecoderFactory<ClientRegistration> oidcTokens(OidcCalls calls) {
        return calls.idTokens();
    }

    /** What logging in through a provider adds to the rules for the pages. */
    interface OidcLogin {
        void addTo(HttpSecurity http) throws Exception;
    }
}

package org.chargebridge.console.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/** In which language somebody reads: the one they chose, else the first that their browser asks for and we speak. */
@Configuration(proxyBeanMethods = false)
class PageLanguage implements WebMvcConfigurer {

    /** Of an address: in which language the page is asked for. */
    static final String PARAMETER = "language";

    static final List<Locale> SPOKEN = List.of(
            Locale.ENGLISH, Locale.forLanguageTag("nb"), Locale.forLanguageTag("da"), Locale.forLanguageTag("fi"));
    /** Both written forms of Norwegian, and the word for either. */
    private static final Set<String> NORWEGIAN = Set.of("no", "nn", "nb");

    static Locale spoken(Locale asked) {
        String language = NORWEGIAN.contains(asked.getLanguage()) ? "nb" : asked.getLanguage();
        return SPOKEN.stream()
                .filter(locale -> locale.getLanguage().equals(language))
                .findFirst()
                .orElse(Locale.ENGLISH);
    }

    @Bean
    static LocaleResolver localeResolver() {
        CookieLocaleResolver resolver = new CookieLocaleResolver("chargebridge-language");
        resolver.setCookieMaxAge(Duration.ofDays(365));
        resolver.setCookieHttpOnly(true);
        resolver.setCookieSameSite("Lax");
        resolver.setRejectInvalidCookies(false);
        resolver.setDefaultLocaleFunction(request -> java.util.Collections.list(request.getLocales()).stream()
                .filter(asked -> !spoken(asked).equals(Locale.ENGLISH)
                        || asked.getLanguage().equals("en"))
                .findFirst()
                .map(PageLanguage::spoken)
                .orElse(Locale.ENGLISH));
        return resolver;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        LocaleChangeInterceptor change = new LocaleChangeInterceptor() {
            @Override
            protected Locale parseLocaleValue(String value) {
                return spoken(Locale.forLanguageTag(value));
            }
        };
        change.setParamName(PARAMETER);
        registry.addInterceptor(change);
    }
}

package org.chargebridge.console.rest;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What {@code /operator/openapi.json} says of the interface as a whole. */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Chargebridge for operators",
                        version = "1",
                        description =
                                "What the operator's pages show and do. Orders want a reason, are carried out once, and are"
                                        + " written to the audit trail. Amounts are in minor units, times in UTC. ERPs have an"
                                        + " interface of their own: /api/openapi.json."),
        security = @SecurityRequirement(name = "login"))
@SecurityScheme(name = "login", type = SecuritySchemeType.HTTP, scheme = "basic")
class OperatorApi implements WebMvcConfigurer {

    /** So that a state may be asked for in small letters, too. */
    @Override
    public void addFormatters(FormatterRegistry registry) {
        ApplicationConversionService.addApplicationConverters(registry);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new KnownParameters()).addPathPatterns("/operator/**");
    }
}

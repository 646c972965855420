package org.chargebridge.intake.http;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.openapi.BeanConfig;
import org.apache.camel.openapi.RestOpenApiReader;
import org.apache.camel.openapi.RestOpenApiSupport;
import org.springframework.stereotype.Component;

/** The OpenAPI document of what ERPs may ask for, made of the {@code rest} parts of the route files. */
@Component("apiDocument")
public class ApiDocument {

    private static final List<String> PATHS = List.of("/api", "/vipps-recurring-payments");

    private final CamelContext context;

    ApiDocument(CamelContext context) {
        this.context = context;
    }

    /** The document in YAML where that is asked for, else in JSON. */
    public HttpAnswer answer(Caller caller) {
        boolean yaml = caller.path().endsWith(".yaml");
        BeanConfig settings = settings();
        byte[] document = RestOpenApiSupport.getFromOpenAPI(read(settings), settings, byte[].class, !yaml);
        return new HttpAnswer(
                200, yaml ? "application/yaml" : "application/json", new ByteArrayInputStream(document), Map.of());
    }

    private OpenAPI read(BeanConfig settings) {
        List<RestDefinition> ours = ((ModelCamelContext) context)
                .getRestDefinitions().stream()
                        .filter(rest -> PATHS.contains(rest.getPath()))
                        .toList();
        try {
            OpenAPI document = new RestOpenApiReader()
                    .read(context, ours, settings, context.getName(), context.getClassResolver());
            // What Camel calls things means nothing to a caller.
            document.getPaths().values().forEach(path -> path.readOperations()
                    .forEach(operation -> operation.setExtensions(null)));
            return document;
        } catch (Exception e) {
            throw new IllegalStateException("the OpenAPI document cannot be made", e);
        }
    }

    private static BeanConfig settings() {
        BeanConfig settings = new BeanConfig();
        settings.setVersion("3.0.3");
        settings.setBasePath("/");
        settings.setInfo(new Info()
                .title("Chargebridge")
                .version("1")
                .description("Instructions over HTTP instead of files, and what became of them."));
        return settings;
    }
}

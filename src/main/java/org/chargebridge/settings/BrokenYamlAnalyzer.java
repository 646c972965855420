package org.chargebridge.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** One line for settings that are no YAML: which line, and never what stands in it, which may be a secret. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class BrokenYamlAnalyzer extends AbstractFailureAnalyzer<MarkedYAMLException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, MarkedYAMLException cause) {
        Mark mark = cause.getProblemMark();
        String line = mark == null ? "" : ", line " + (mark.getLine() + 1);
        return new FailureAnalysis(
                "config/application.yaml" + line + ": cannot be read as YAML (" + cause.getProblem()
                        + "). Look at that line and the one before it: settings are indented by blanks and never by tabs, a"
                        + " blank follows each colon, no name stands twice below another, and what holds signs such as :"
                        + " # { stands in quotes.",
                null,
                cause);
    }
}

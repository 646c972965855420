package org.chargebridge.settings;

import org.chargebridge.channel.InvalidSettingsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** One line a setting that is missing or wrong. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class InvalidSettingsAnalyzer extends AbstractFailureAnalyzer<InvalidSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, InvalidSettingsException cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}

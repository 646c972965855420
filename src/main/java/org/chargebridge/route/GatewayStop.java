package org.chargebridge.route;

import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.springframework.stereotype.Component;

/**
 * Tells a route that the gateway is being stopped, so that it ends after what is under way. Routes do not ask
 * {@code camelContext} itself: that makes Camel examine its hundreds of methods, which took a quarter of the start.
 */
@Component("gatewayStop")
public final class GatewayStop implements CamelContextAware {

    private CamelContext context;

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = Objects.requireNonNull(context);
    }

    /** Whether the gateway is being stopped or has stopped. */
    public boolean isRequested() {
        return context.isStopping() || context.isStopped();
    }
}

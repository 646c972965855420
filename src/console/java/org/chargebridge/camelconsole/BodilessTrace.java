package org.chargebridge.camelconsole;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.console.DevConsole;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.json.JsonObject;

/** Camel's trace, which shows the way that an exchange takes and nothing of what it carries. */
final class BodilessTrace extends ServiceSupport implements DevConsole, CamelContextAware {

    static final String ID = "trace";

    /** What remains of a message. */
    private static final Set<String> SHOWN = Set.of("exchangeId", "exchangeType", "exchangePattern", "messageType");

    private final DevConsole trace;
    private CamelContext context;

    BodilessTrace(DevConsole trace) {
        this.trace = trace;
    }

    @Override
    public Object call(MediaType mediaType, Map<String, Object> options) {
        Object told = trace.call(MediaType.JSON, options);
        if (told instanceof JsonObject root) {
            Collection<JsonObject> traces = root.getCollection("traces");
            if (traces != null) {
                traces.forEach(BodilessTrace::strip);
            }
        }
        return mediaType == MediaType.JSON || told == null ? told : told.toString();
    }

    private static void strip(JsonObject step) {
        if (step.get("message") instanceof JsonObject message) {
            message.keySet().retainAll(SHOWN);
        }
        // Its text may quote what was worked on.
        if (step.get("exception") instanceof JsonObject exception) {
            exception.keySet().retainAll(Set.of("type"));
        }
    }

    @Override
    public String getGroup() {
        return trace.getGroup();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayName() {
        return trace.getDisplayName();
    }

    @Override
    public String getDescription() {
        return trace.getDescription();
    }

    @Override
    public boolean supportMediaType(MediaType mediaType) {
        return trace.supportMediaType(mediaType);
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
        CamelContextAware.trySetCamelContext(trace, context);
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(trace);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(trace);
    }
}

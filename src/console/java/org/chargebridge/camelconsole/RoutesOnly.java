package org.chargebridge.camelconsole;

import java.util.Set;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.AbstractConstantRestrictor;
import org.jolokia.server.core.util.RequestType;

/**
 * What may be done over Jolokia: read how Camel does, draw its routes, and start, stop, suspend and resume one. Everything else is
 * refused; an operation like {@code sendBody} would be as good as a shell.
 */
public final class RoutesOnly extends AbstractConstantRestrictor {

    private static final String CAMEL = "org.apache.camel";
    private static final Set<RequestType> TYPES =
            Set.of(RequestType.READ, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION, RequestType.EXEC);
    /** Endpoints are not among them: their names and attributes are addresses, with user names and more. */
    private static final Set<String> BEANS = Set.of(
            "context",
            "routes",
            "routegroups",
            "consumers",
            "producers",
            "processors",
            "threadpools",
            "health",
            "routecontroller");

    /** By name, and with the signature that says which of several is meant: none that takes a time limit. */
    private static final Set<String> OPERATIONS =
            Set.of("start", "stop", "suspend", "resume", "start()", "stop()", "suspend()", "resume()");

    /**
     * What Hawtio draws a route from: its steps as they stand in the route files, where a secret is only named, and how often
     * each was passed. The signature matters: another one of that name fills in the settings.
     */
    private static final Set<String> DIAGRAMS =
            Set.of("dumpRoutesAsXml()", "dumpRoutesStatsAsXml", "dumpRoutesStatsAsXml(boolean,boolean)");

    /** Addresses, what is configured, and what messages hold or are made of. */
    private static final Pattern TELLING = Pattern.compile(
            ".*(ur[il]|address|destination|body|header|message|label|predicate|exception|error|propert|option|variable|parameter|secret"
                    + "|password|key|token|expression|source|dump|xml|json|yaml|history|pattern|outputtype|extended).*",
            Pattern.CASE_INSENSITIVE);

    public RoutesOnly() {
        super(false);
    }

    @Override
    public boolean isHttpMethodAllowed(org.jolokia.server.core.util.HttpMethod method) {
        return method == org.jolokia.server.core.util.HttpMethod.GET
                || method == org.jolokia.server.core.util.HttpMethod.POST;
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName bean, String attribute) {
        return isShown(bean) && attribute != null && !TELLING.matcher(attribute).matches();
    }

    @Override
    public boolean isOperationAllowed(ObjectName bean, String operation) {
        if (!isShown(bean)) {
            return false;
        }
        return switch (bean.getKeyProperty("type")) {
            case "routes" -> OPERATIONS.contains(operation);
            case "context" -> DIAGRAMS.contains(operation);
            default -> false;
        };
    }

    @Override
    public boolean isObjectNameHidden(ObjectName bean) {
        return !isShown(bean);
    }

    /** Who may call is decided before, by login and role. */
    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return true;
    }

    /** Requests of other sites' pages are refused before; this is about whether such a page may read the answer. */
    @Override
    public boolean isOriginAllowed(String origin, boolean strictChecking) {
        return strictChecking;
    }

    private static boolean isShown(ObjectName bean) {
        return bean != null
                && CAMEL.equals(bean.getDomain())
                && bean.getKeyProperty("type") != null
                && BEANS.contains(bean.getKeyProperty("type"));
    }
}

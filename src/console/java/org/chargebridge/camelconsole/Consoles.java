package org.chargebridge.camelconsole;

import java.util.Set;

/** The developer consoles of Camel that only read, and show neither secrets nor what is in a message. */
final class Consoles {

    /** Exact ids. */
    static final Set<String> READING = Set.of(
            "blocked",
            "consumer",
            "context",
            "gc",
            "health",
            "inflight",
            "memory",
            "producer",
            "quartz",
            "route",
            "route-group",
            "thread",
            "top",
            "trace");

    private Consoles() {}
}

package org.chargebridge.camelconsole;

import org.apache.camel.console.DevConsole;
import org.apache.camel.impl.console.DefaultDevConsoleRegistry;

/**
 * Knows the consoles that only read and no other: whoever asks for one that sends, evaluates or reloads finds none,
 * whether over HTTP or from the Camel CLI.
 */
final class ReadingConsoles extends DefaultDevConsoleRegistry {

    @Override
    public DevConsole resolveById(String id) {
        return Consoles.READING.contains(id) ? super.resolveById(id) : null;
    }

    @Override
    public boolean register(DevConsole console) {
        if (!Consoles.READING.contains(console.getId())) {
            return false;
        }
        return super.register(console.getId().equals(BodilessTrace.ID) ? new BodilessTrace(console) : console);
    }

    /** By name, instead of searching the whole class path. */
    @Override
    public void loadDevConsoles(boolean force) {
        Consoles.READING.forEach(this::resolveById);
    }
}

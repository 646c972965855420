package org.chargebridge.recurring;

import java.util.Map;

/** The four headers that tell the API who is calling, each cut to the 30 characters it takes. */
final class SystemHeaders {

    private static final int LENGTH_MAX = 30;

    private SystemHeaders() {}

    static Map<String, String> of(ApiSettings settings) {
        String version = settings.systemVersion().orElseGet(ApiClient::version);
        return Map.of(
                "Vipps-System-Name", cut(settings.systemName()),
                "Vipps-System-Version", cut(version),
                "Vipps-System-Plugin-Name", cut(settings.systemPluginName()),
                "Vipps-System-Plugin-Version",
                        cut(settings.systemPluginVersion().orElse(version)));
    }

    private static String cut(String text) {
        String printable = text.replaceAll("[^ -~]", "");
        return printable.length() <= LENGTH_MAX ? printable : printable.substring(0, LENGTH_MAX);
    }
}

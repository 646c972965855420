package org.chargebridge.channel;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as they are where nothing is configured, and with a few things configured. */
public final class UsualSettings {

    private UsualSettings() {}

    /** @param configured by the name below the record's prefix, for example {@code gets-per-minute} */
    public static <T> T of(Class<T> type, Map<String, ?> configured) {
        String prefix = type.getAnnotation(ConfigurationProperties.class).prefix();
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        configured.forEach((name, value) -> source.put(prefix + "." + name, value));
        return new Binder(source).bindOrCreate(prefix, type);
    }

    public static <T> T of(Class<T> type) {
        return of(type, Map.of());
    }
}

package org.chargebridge.channel;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of this node.
 *
 * @param node its name, unique among the nodes on one database; the host's name where nothing is set
 * @param behindProxy whether a proxy in front of the web port takes care of TLS
 * @param dataDirectory where files are spooled; nothing in it needs a backup in production
 * @param diskFreeMin health {@code diskSpace} is down while the file system of the data directory has less left
 */
@ConfigurationProperties("chargebridge")
public record GatewaySettings(
        String node,
        @DefaultValue("data") Path dataDirectory,
        @DefaultValue("100MB") DataSize diskFreeMin,
        @DefaultValue("false") boolean behindProxy,
        @DefaultValue Clock clock) {

    public GatewaySettings {
        node = node == null || node.isBlank() ? NodeName.ofThisHost() : node.strip();
        if (diskFreeMin.isNegative()) {
            throw new IllegalArgumentException("it is below 0; 0B watches nothing");
        }
    }

    /** Where files are while they are fetched. */
    public Path spoolDirectory() {
        return ofNode("spool");
    }

    /** What libraries put aside while they work, each process by itself; nothing in it is wanted after a restart. */
    public Path workDirectory() {
        return ofNode("work");
    }

    /** No name leads out of it. */
    private Path ofNode(String purpose) {
        return dataDirectory
                .resolve(purpose)
                .resolve(node.replaceAll("[^A-Za-z0-9.-]", "_").replaceAll("^\\.", "_"));
    }

    /**
     * Where business time comes from.
     *
     * @param follow address of a clock to follow instead of this machine's, for the demo and tests only; {@code none}
     *     follows none
     */
    public record Clock(@DefaultValue("none") String follow) {}
}

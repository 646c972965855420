package org.chargebridge.console;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large a file may be that is only tried: {@code chargebridge.dry-run}. While it is judged no other file of its channel
 * is recorded, and a hundred thousand lines take some fifteen seconds.
 *
 * @param sizeMax in bytes
 */
@ConfigurationProperties("chargebridge.dry-run")
public record DryRunSettings(@DefaultValue("16MB") DataSize sizeMax) {

    /** More is not taken from a form at all. */
    private static final DataSize MOST = DataSize.ofMegabytes(100);

    public DryRunSettings {
        if (sizeMax.toBytes() < 1 || sizeMax.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("chargebridge.dry-run.size-max is " + sizeMax
                    + "; set 1B to 100MB, by default 16MB. Larger files are tried in parts.");
        }
    }
}

package org.chargebridge.reporting;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How files are answered: {@code chargebridge.reporting}.
 *
 * @param pollInterval how often the ledger is asked for receipts that are owed
 */
@ConfigurationProperties("chargebridge.reporting")
public record ReportingSettings(@DefaultValue("1s") Duration pollInterval) {}

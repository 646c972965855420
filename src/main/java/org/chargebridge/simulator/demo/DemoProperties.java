package org.chargebridge.simulator.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.chargebridge.simulator.api.SimulatorSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the demo.
 *
 * @param dataDirectory where all of the demo's state lies; deleting it begins anew
 * @param apiPort of the API simulator; 0 takes a free one, as for the other ports
 * @param sftpHostKey set by the demo itself, from the key that its SFTP server keeps
 * @param invoices how many valid invoices the sample file holds
 * @param story whether the sample file is written and the clock moved
 * @param clockStart where the clock begins at the first start; null means 08:00 in Oslo ten days back
 * @param patience how long the story waits without progress before it goes on
 */
@ConfigurationProperties("chargebridge.demo")
public record DemoProperties(
        @DefaultValue("data") Path dataDirectory,
        @DefaultValue("8090") int apiPort,
        @DefaultValue("2222") int sftpPort,
        @DefaultValue("demo") String sftpUser,
        @DefaultValue("demo") String sftpPassword,
        @DefaultValue("") String sftpHostKey,
        @DefaultValue("0") int postgresPort,
        @DefaultValue("1000") int invoices,
        @DefaultValue("true") boolean story,
        Instant clockStart,
        @DefaultValue("90s") Duration patience) {

    static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
    private static final int DAYS_BACK = 10;
    private static final int SPARE_AGREEMENTS = 200;

    Path postgresDirectory() {
        return dataDirectory.resolve("postgres");
    }

    Path sftpRoot() {
        return dataDirectory.resolve("sftp");
    }

    Path hostKeyFile() {
        return dataDirectory.resolve("sftp-host-key");
    }

    SimulatorSettings simulator(Instant realNow) {
        LocalDate begin = LocalDate.ofInstant(realNow, OSLO).minusDays(DAYS_BACK);
        Instant eight = begin.atTime(LocalTime.of(8, 0)).atZone(OSLO).toInstant();
        SimulatorSettings settings = SimulatorSettings.inDirectory(dataDirectory.resolve("simulator"))
                .withPort(apiPort)
                .withAgreements(invoices + SPARE_AGREEMENTS);
        Instant start = Optional.ofNullable(clockStart).orElse(story ? eight : realNow);
        return start.equals(realNow) ? settings : settings.withClockStart(start);
    }
}

package org.chargebridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chargebridge.Chargebridge;
import org.chargebridge.ledger.LedgerDatabase;
import org.chargebridge.outages.SmallDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A start that cannot be good says everything that is wrong, line by line, and nothing else. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTest {

    private final Map<String, String> settings = new TreeMap<>();

    @BeforeEach
    void complete() {
        String channel = "chargebridge.channels.visma.";
        settings.put("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/chargebridge");
        settings.put("server.port", "0");
        settings.put("management.server.port", "0");
        settings.put("chargebridge.operator.user", "operator");
        settings.put("chargebridge.operator.password", "correct horse battery");
        settings.put("chargebridge.sales-units.main.msn", "123456");
        settings.put("chargebridge.sales-units.main.currency", "NOK");
        settings.put("chargebridge.sales-units.main.client-id", "id");
        settings.put("chargebridge.sales-units.main.client-secret", "secret");
        settings.put("chargebridge.sales-units.main.subscription-key", "key");
        settings.put(channel + "source-id", "visma");
        settings.put(channel + "sales-unit", "main");
        settings.put(channel + "sftp.host", "127.0.0.1");
        settings.put(channel + "sftp.user", "erp");
        settings.put(channel + "sftp.password", "secret");
        settings.put(
                channel + "sftp.host-key",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl");
        settings.put(channel + "max-per-charge", "20000.00");
        settings.put(channel + "max-per-file", "5000000.00");
        settings.put(channel + "status-report.schedule", "0 0 6 * * ?");
    }

    /** What is printed after the heading, line by line. */
    private List<String> refusal(CapturedOutput output) {
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        assertThatThrownBy(() -> SpringApplication.run(Chargebridge.class, arguments.toArray(String[]::new)))
                .isInstanceOf(Exception.class);
        assertThat(output.getAll().lines())
                // A pool of connections of another test, on a machine that is busy, or while this start sets logging up
                // anew.
                .filteredOn(line -> !line.contains("Thread starvation or clock leap")
                        && !line.contains("No appenders present in context [default] for logger [com.zaxxer.hikari"))
                .noneMatch(line -> line.startsWith("\tat ") || line.contains("APPLICATION FAILED"))
                .noneMatch(line -> line.contains("WARN"));
        List<String> lines = output.getErr().lines().map(String::strip).toList();
        int heading = lines.indexOf("Chargebridge cannot start:");
        assertThat(heading).as(output.getErr()).isNotNegative();
        return lines.subList(heading + 1, lines.size());
    }

    @Test
    void aPublicAddressNeedsAnEncryptionKeyAndHttps(CapturedOutput output) {
        settings.put("chargebridge.public-url", "http://payments.example.com");

        assertThat(refusal(output))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("chargebridge.encryption-key is not set. Make a file with"),
                        line -> assertThat(line)
                                .startsWith("chargebridge.public-url = http://payments.example.com: is not https"));
    }

    @Test
    void withoutAnySettingEveryMissingOneIsNamed(CapturedOutput output) {
        settings.clear();

        assertThat(refusal(output))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("spring.datasource.url is not set. Set the PostgreSQL"),
                        line -> assertThat(line).startsWith("chargebridge.sales-units is not set. "),
                        line -> assertThat(line).startsWith("chargebridge.channels is not set. "),
                        line -> assertThat(line).startsWith("chargebridge.operator.user is not set. "),
                        line -> assertThat(line).startsWith("chargebridge.operator.password is not set. "));
    }

    @Test
    void misspeltSettingIsAnsweredWithTheNearest(CapturedOutput output) {
        settings.put("chargebridge.channels.visma.sftp.hostkey-file", "x");
        settings.put("chargebridge.sendin.fill-wait", "1s");

        assertThat(refusal(output))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("chargebridge.channels.visma.sftp.hostkey-file is not a"),
                        line -> assertThat(line).endsWith("Did you mean chargebridge.sending?"));
    }

    @Test
    void aVariableThatIsNotSetIsNamedAndNeverTakenForAPassword(CapturedOutput output) {
        settings.put("chargebridge.channels.visma.sftp.password", "${NO_SUCH_VARIABLE}");
        settings.put("chargebridge.operator.password", "${NO_OTHER_VARIABLE}");

        assertThat(refusal(output))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(
                                        "chargebridge.channels.visma.sftp.password names ${NO_SUCH_VARIABLE}, which"),
                        line -> assertThat(line).contains("Set the environment variable NO_OTHER_VARIABLE"));
    }

    @Test
    void placesAndNamesThatCannotBeUsedAreTold(CapturedOutput output) {
        settings.put("chargebridge.data-directory", "pom.xml/data");
        settings.put("java.io.tmpdir", "pom.xml/tmp");
        settings.put("server.port", "48123");
        settings.put("management.server.port", "48123");
        settings.put("chargebridge.channels.visma.csv.columns.invoice", "Bilag");

        assertThat(refusal(output))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .startsWith("chargebridge.data-directory = pom.xml/data: cannot be made"),
                        line -> assertThat(line)
                                .startsWith(
                                        "java.io.tmpdir = pom.xml/tmp: the folder for temporary files is not there"),
                        line -> assertThat(line).startsWith("management.server.port = 48123: is server.port, too"),
                        line -> assertThat(line)
                                .startsWith("chargebridge.channels.visma.csv.columns.invoice is no field"));
    }

    @Test
    void whatSomebodyElseLeftInTheDataDirectoryIsTold(CapturedOutput output, @TempDir Path home) throws IOException {
        Path left =
                Files.createFile(Files.createDirectories(home.resolve("spool")).resolve("first"));
        settings.put("chargebridge.data-directory", home.toString());
        settings.put("chargebridge.node", "first");
        try (LedgerDatabase database = LedgerDatabase.create()) {
            settings.put("spring.datasource.url", database.url());
            settings.put("spring.datasource.username", "postgres");

            assertThat(refusal(output))
                    .singleElement()
                    .asString()
                    .startsWith("chargebridge.data-directory = " + home + ": " + left
                            + " cannot be made, written or deleted (file already exists). Give it to the user");
        }
    }

    @Test
    void aDataDirectoryWithoutRoomIsToldWithWhatIsLeftAndNeeded(CapturedOutput output, @TempDir Path directory) {
        settings.put("chargebridge.data-directory", directory.toString());
        try (SmallDisk disk = SmallDisk.mounted(directory, "size=4m")) {
            assertThat(refusal(output))
                    .containsExactly("chargebridge.data-directory = " + disk.directory() + ": lies on the file system "
                            + disk.directory() + " (tmpfs), which has 4 MB left, and a start needs 10 MB."
                            + " Make room there, or set another directory.");
        }
    }

    @Test
    void aDataDirectoryThatTakesNoFileIsTold(CapturedOutput output, @TempDir Path directory) {
        settings.put("chargebridge.data-directory", directory.toString());
        try (SmallDisk disk = SmallDisk.mounted(directory, "size=64m,nr_inodes=1")) {
            assertThat(refusal(output))
                    .singleElement()
                    .asString()
                    .startsWith("chargebridge.data-directory = " + disk.directory() + ": cannot be made, or not be")
                    .contains("No space left on device");
        }
    }

    @Test
    void settingsThatAreNoYamlAreToldByTheirLineAndWithoutWhatStandsThere(
            CapturedOutput output, @TempDir Path directory) throws IOException {
        Path file = directory.resolve("broken.yaml");
        Files.writeString(file, "chargebridge:\n\tpassword: hunter2\n");
        settings.put("spring.config.additional-location", "file:" + file);

        assertThat(refusal(output))
                .singleElement()
                .asString()
                .startsWith("config/application.yaml, line 2: cannot be read as YAML")
                .doesNotContain("hunter2");
    }

    /** The usual settings, and those of a file. */
    private List<String> refusalOf(String yaml, CapturedOutput output, Path directory) throws IOException {
        Path file = directory.resolve("settings.yaml");
        Files.writeString(file, yaml);
        settings.put("spring.config.additional-location", "file:" + file);
        return refusal(output);
    }

    @Test
    void whatYamlReadsAsSomethingElseThanWhatIsWrittenIsRefused(CapturedOutput output, @TempDir Path directory)
            throws IOException {
        settings.remove("chargebridge.sales-units.main.msn");
        settings.remove("chargebridge.sales-units.main.client-secret");
        settings.remove("chargebridge.channels.visma.max-per-charge");
        settings.remove("chargebridge.channels.visma.source-id");

        assertThat(refusalOf(
                        """
                        chargebridge:
                          sales-units.main:
                            msn: 0123456   # octal
                            client-secret: 1.10
                          channels.visma:
                            max-per-charge: 020000
                            max-per-file: &most 5_000_000
                            source-id: no
                            legal-entity: "0123"
                            document-series: 010
                            retry-days: 010
                            status-report.write-empty: no
                        """,
                        output,
                        directory))
                .containsExactly(
                        "chargebridge.channels.visma.document-series = 010: is read by YAML as 8. Put it into quotes, or write it"
                                + " another way.",
                        "chargebridge.channels.visma.max-per-charge = 020000: is read by YAML as 8192. Put it into quotes, or"
                                + " write it another way.",
                        "chargebridge.channels.visma.retry-days = 010: is read by YAML as 8. Put it into quotes, or write it"
                                + " another way.",
                        "chargebridge.channels.visma.source-id = no: is read by YAML as false. Put it into quotes, or write it"
                                + " another way.",
                        "chargebridge.sales-units.main.client-secret = ***: is read by YAML as something else than what is"
                                + " written. Put it into quotes, or write it another way.",
                        "chargebridge.sales-units.main.msn = 0123456: is read by YAML as 42798. Put it into quotes, or write it"
                                + " another way.");
    }

    @Test
    void aLengthOfTimeWithoutAUnitIsRefusedAndNotTakenForMilliseconds(CapturedOutput output) {
        settings.put("chargebridge.sending.grace-period", "60");
        settings.put("chargebridge.api.call-timeout", "15");
        settings.put("chargebridge.tracking.look-again-after", "0");

        assertThat(refusal(output))
                .containsExactlyInAnyOrder(
                        "chargebridge.sending.grace-period = 60: has no unit. Write one behind it: ms, s, m, h or d, as in 30s.",
                        "chargebridge.api.call-timeout = 15: has no unit. Write one behind it: ms, s, m, h or d, as in 30s.");
    }

    @Test
    void valueThatARoomCannotReadIsTold(CapturedOutput output) {
        settings.put("chargebridge.sending.fill-wait", "soon");

        assertThat(refusal(output))
                .singleElement()
                .asString()
                .startsWith("chargebridge.sending.fill-wait = soon: cannot be read");
    }

    @Test
    void killPointIsRefusedWhereChargesAreReal(CapturedOutput output) {
        settings.put("chargebridge.api.base-url", "https://apitest.vipps.no");
        settings.put("chargebridge.killpoint", "send.before-call");

        assertThat(refusal(output))
                .singleElement()
                .asString()
                .startsWith("chargebridge.killpoint = send.before-call: would kill this process");
    }

    @Test
    void killPointThatWouldNeverBeReachedIsRefused(CapturedOutput output) {
        settings.put("chargebridge.api.base-url", "http://localhost:8090");
        settings.put("chargebridge.killpoint", "before-call");

        assertThat(refusal(output))
                .singleElement()
                .asString()
                .startsWith("chargebridge.killpoint = before-call: names no place at which to die.");
    }

    @Test
    void httpUsersAreNamedOnceForAChannelWithAHashAndNeverInClear(CapturedOutput output) {
        settings.put("chargebridge.http-users.erp.password-hash", "correct horse");
        settings.put("chargebridge.http-users.erp.channel", "visma");
        settings.put(
                "chargebridge.http-users.second.password-hash",
                "$2y$10$abcdefghijklmnopqrstuuxAGq8K0PSBUSsWjWqJMh2TSFvkI1vBm");
        settings.put("chargebridge.http-users.second.channel", "vism");
        settings.put("chargebridge.http-users.second.user", "ERP");

        assertThat(refusal(output))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("chargebridge.http-users.erp.password-hash = ***: is not a bcrypt hash"),
                        line -> assertThat(line)
                                .startsWith("chargebridge.http-users.second.channel = vism: is not a channel of"),
                        line -> assertThat(line)
                                .startsWith("chargebridge.http-users.second.user = ERP: is the user of"));
    }

    @Test
    void aProviderWhosePeopleGetNoRoleIsToldAtOnce(CapturedOutput output) {
        settings.remove("chargebridge.operator.user");
        settings.remove("chargebridge.operator.password");
        settings.put("spring.security.oauth2.client.registration.company.client-id", "chargebridge");
        settings.put("spring.security.oauth2.client.provider.company.issuer-uri", "http://127.0.0.1:1");

        assertThat(refusal(output))
                .singleElement()
                .asString()
                .startsWith("chargebridge.oidc.roles.<role>")
                .contains("chargebridge.oidc.roles-claim");
    }

    @Test
    void aProviderWhoseRolesAreLeftBlankOrWhoMayTakeForEverIsTold(CapturedOutput output) {
        settings.put("spring.security.oauth2.client.registration.company.client-id", "chargebridge");
        settings.put("spring.security.oauth2.client.provider.company.issuer-uri", "http://127.0.0.1:1");
        settings.put("chargebridge.oidc.roles.viewer", " ");
        settings.put("chargebridge.oidc.call-timeout", "0s");

        assertThat(refusal(output))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("chargebridge.oidc.roles.<role>"), line -> assertThat(line)
                                .startsWith("chargebridge.oidc.call-timeout = 0ms: is no time")
                                .contains("for example 5s"));
    }

    @Test
    void rolesOfAProviderThatCannotBeReadAreTold(CapturedOutput output) {
        settings.put("spring.security.oauth2.client.registration.company.client-id", "chargebridge");
        settings.put("spring.security.oauth2.client.provider.company.issuer-uri", "http://127.0.0.1:1");
        settings.put("chargebridge.oidc.roles", "payments");

        assertThat(refusal(output))
                .singleElement()
                .asString()
                .startsWith("chargebridge.oidc.roles = payments: cannot be");
    }

    @Test
    void aRoleOfAProviderThatIsNoneOfOursIsTold(CapturedOutput output) {
        settings.put("chargebridge.oidc.roles.boss", "payments");

        assertThat(refusal(output))
                .singleElement()
                .asString()
                .startsWith("chargebridge.oidc.roles = boss: is not a role")
                .contains("viewer, operator, approver, admin");
    }

    @Test
    void passwordsAreNotTakenInClearFromOtherMachines(CapturedOutput output) {
        settings.put(
                "chargebridge.http-users.erp.password-hash",
                "$2y$10$abcdefghijklmnopqrstuuxAGq8K0PSBUSsWjWqJMh2TSFvkI1vBm");
        settings.put("chargebridge.http-users.erp.channel", "visma");

        settings.put("server.address", "0.0.0.0");
        assertThat(refusal(output))
                .singleElement()
                .asString()
                .startsWith("server.address = 0.0.0.0: lets other machines reach the web port without TLS")
                .contains("chargebridge.behind-proxy: true");
        settings.put("chargebridge.behind-proxy", "true");
        settings.put("spring.datasource.hikari.connection-timeout", "1000");
        assertThat(refusal(output)).last().asString().startsWith("spring.datasource.url");
    }

    @Test
    void databaseThatDoesNotAnswerIsOneLine(CapturedOutput output) {
        settings.put("spring.datasource.hikari.connection-timeout", "1000");

        assertThat(refusal(output))
                .singleElement()
                .asString()
                .startsWith("spring.datasource.url = jdbc:postgresql://127.0.0.1:1/chargebridge: the database cannot");
    }

    /** Settings with which another user than the owner of a migrated ledger starts. */
    private void anotherUser(LedgerDatabase database) {
        // Without the owner, whom the address names.
        settings.put("spring.datasource.url", database.url().replaceAll("\\?.*", ""));
        settings.put("spring.datasource.username", "somebody");
        settings.put("spring.datasource.hikari.connection-timeout", "1000");
        database.jdbc().sql("create role somebody login").update();
    }

    private static void drop(LedgerDatabase database) {
        database.jdbc().sql("drop owned by somebody").update();
        database.jdbc().sql("drop role somebody").update();
    }

    @Test
    void aDatabaseUserWithoutRightsIsOneLine(CapturedOutput output) {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            anotherUser(database);

            assertThat(refusal(output))
                    .singleElement()
                    .asString()
                    .contains(": the database user lacks rights (", "permission denied", "the owner of the database");
            drop(database);
        }
    }

    @Test
    void aMigrationThatIsRefusedBecauseTheUserOwnsNotTheTablesIsOneLine(CapturedOutput output) {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            anotherUser(database);
            database.jdbc()
                    .sql("grant all on all tables in schema public to somebody")
                    .update();
            database.jdbc().sql("grant all on schema public to somebody").update();
            // As an upgrade finds it.
            database.jdbc()
                    .sql("update flyway_schema_history set checksum = 1 where script like 'R\\_\\_%'")
                    .update();

            assertThat(refusal(output))
                    .singleElement()
                    .asString()
                    .contains(": the database user lacks rights (", "must be owner of", "reassign owned by");
            drop(database);
        }
    }

    @Test
    void aDatabaseUserWithoutAConnectionLeftIsOneLine(CapturedOutput output) {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            anotherUser(database);
            database.jdbc().sql("alter role somebody connection limit 0").update();

            assertThat(refusal(output))
                    .singleElement()
                    .asString()
                    .contains(": the database lets nobody else connect (", "too many connections for role", "Raise");
            drop(database);
        }
    }

    @Test
    void aDatabaseThatMayOnlyBeReadIsOneLine(CapturedOutput output) {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            settings.put("spring.datasource.url", database.url() + "&options=-c%20default_transaction_read_only=on");
            settings.put("spring.datasource.username", "postgres");

            assertThat(refusal(output))
                    .singleElement()
                    .asString()
                    .contains(": the database may only be read (", "and not a hot standby");
        }
    }

    @Test
    void aDatabaseThatCannotKeepEveryLetterIsOneLine(CapturedOutput output) {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            database.jdbc()
                    .sql("create database latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0")
                    .update();
            settings.put("spring.datasource.url", database.url().replaceAll("/ledger_[0-9a-f]+", "/latin"));
            settings.put("spring.datasource.username", "postgres");

            assertThat(refusal(output))
                    .singleElement()
                    .asString()
                    .contains(": the database is not encoded in UTF8 (server_encoding is LATIN1)", "encoding 'UTF8'");
            database.jdbc().sql("drop database latin with (force)").update();
        }
    }

    @Test
    void aDatabaseUserWithoutASchemaIsOneLine(CapturedOutput output) {
        try (LedgerDatabase database = LedgerDatabase.create()) {
            database.jdbc()
                    .sql("create role nowhere login superuser password 'nowhere'")
                    .update();
            database.jdbc().sql("alter role nowhere set search_path = nowhere").update();
            settings.put("spring.datasource.url", database.url().replaceAll("\\?.*", ""));
            settings.put("spring.datasource.username", "nowhere");
            settings.put("spring.datasource.password", "nowhere");

            assertThat(refusal(output))
                    .singleElement()
                    .asString()
                    .contains(
                            ": the search_path of the database's user names no schema that exists (search_path is"
                                    + " nowhere)",
                            "create schema");
            database.jdbc().sql("drop role nowhere").update();
        }
    }

    @Test
    void portThatIsTakenIsOneLine(CapturedOutput output) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                LedgerDatabase database = LedgerDatabase.create()) {
            String port = String.valueOf(taken.getLocalPort());
            settings.put("spring.datasource.url", database.url());
            settings.put("spring.datasource.username", "postgres");
            settings.put("server.address", "127.0.0.1");
            settings.put("server.port", port);

            assertThat(refusal(output))
                    .singleElement()
                    .asString()
                    .startsWith("server.port = " + port + ": another program holds this port.");
        }
    }

    @Test
    void keysAreNotSentUnencrypted(CapturedOutput output) {
        settings.put("chargebridge.api.base-url", "http://api.vipps.no");

        assertThat(refusal(output)).singleElement().asString().startsWith("chargebridge.api.base-url");
    }

    @Test
    void anotherClockIsRefusedBesideARealApi(CapturedOutput output) {
        settings.put("chargebridge.clock.follow", "http://localhost:8090/simulator/clock");

        assertThat(refusal(output))
                .singleElement()
                .asString()
                .startsWith("chargebridge.clock.follow = http://localhost");
    }

    @Test
    void weakPasswordOfTheOperatorIsRefusedAndNotShown(CapturedOutput output) {
        settings.put("chargebridge.operator.password", "sesame");

        assertThat(refusal(output))
                .singleElement()
                .asString()
                .isEqualTo("chargebridge.operator.password = ***: is too short. Use at least 12 characters.");
    }

    @Test
    void folderThatIsMissingIsNamed(CapturedOutput output) {
        settings.put("camel.main.routes-include-pattern", "file:no-such-folder/*.camel.yaml");

        assertThat(refusal(output)).singleElement().asString().startsWith("no-such-folder/ was not found in ");
    }
}

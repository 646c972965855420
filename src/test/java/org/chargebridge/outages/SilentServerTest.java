package org.chargebridge.outages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpOperations;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.chargebridge.outages.FaultyServer.Fault;
import org.chargebridge.sftp.AnsweringSftp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An SFTP server that is there, says so whenever it is asked, and does not get at its files. */
class SilentServerTest {

    @TempDir
    private Path home;

    @Test
    void aServerThatLivesAndGivesNoAnswerIsNotWaitedForEndlessly() throws Exception {
        try (FaultyServer server = new FaultyServer(home, "erp");
                DefaultCamelContext context = new DefaultCamelContext()) {
            SftpConfiguration configuration = new SftpConfiguration();
            configuration.setHost("127.0.0.1");
            configuration.setPort(server.port());
            configuration.setUsername("erp");
            configuration.setPassword("secret");
            configuration.setStrictHostKeyChecking("no");
            configuration.setUseUserKnownHostsFile(false);
            configuration.setServerAliveInterval(1_000);
            SftpOperations operations = (SftpOperations) AnsweringSftp.endpoint(
                            "sftp://127.0.0.1",
                            context.getComponent("sftp", SftpComponent.class),
                            configuration,
                            Duration.ofSeconds(10))
                    .createRemoteFileOperations();
            operations.connect(configuration, new DefaultExchange(context));
            assertThat(operations.listFiles("out")).isNotNull();
            server.fail(Fault.SILENT);

            assertThatThrownBy(() -> operations.listFiles("out")).hasRootCauseMessage("no answer for 10 s");
            assertThat(operations.isConnected()).isFalse();

            server.mend(Fault.SILENT);
            operations.connect(configuration, new DefaultExchange(context));
            assertThat(operations.listFiles("out")).isNotNull();
        }
    }
}

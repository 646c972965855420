package org.chargebridge.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.file.GenericFileExist;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.chargebridge.channel.Channel;
import org.chargebridge.sftp.AnsweringSftp;
import org.chargebridge.sftp.SftpLogin;

/** A channel's SFTP server as an endpoint of its own: host key pinned, every wait bounded. */
final class SftpEndpoints {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ALIVE_INTERVAL = Duration.ofSeconds(10);
    private static final int ALIVE_COUNT_MAX = 2;
    private static final int SSH_PORT = 22;

    private SftpEndpoints() {}

    static SftpEndpoint of(CamelContext context, Channel channel) {
        SftpLogin.limitTries();
        Channel.Sftp sftp = channel.sftp();
        SftpConfiguration configuration = new SftpConfiguration();
        configuration.setHost(sftp.host());
        configuration.setPort(sftp.port());
        configuration.setUsername(sftp.user());
        configuration.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        configuration.setServerAliveInterval((int) ALIVE_INTERVAL.toMillis());
        configuration.setServerAliveCountMax(ALIVE_COUNT_MAX);
        configuration.setStepwise(false);
        configuration.setStreamDownload(true);
        configuration.setThrowExceptionOnConnectFailed(true);
        // What goes wrong is told once, by the room that knows what it means.
        configuration.setJschLoggingLevel(LoggingLevel.OFF);
        configuration.setServerMessageLoggingLevel(LoggingLevel.OFF);
        authenticate(configuration, sftp);
        pinHostKey(configuration, sftp);
        SftpEndpoint endpoint = AnsweringSftp.endpoint(
                "sftp://" + sftp.host() + ":" + sftp.port() + "?deliver=" + channel.name(),
                context.getComponent("sftp", SftpComponent.class),
                configuration);
        endpoint.setCamelContext(context);
        endpoint.setFileExist(GenericFileExist.Override);
        endpoint.setMaximumReconnectAttempts(0);
        endpoint.setReconnectDelay(0);
        return endpoint;
    }

    private static void authenticate(SftpConfiguration configuration, Channel.Sftp sftp) {
        sftp.privateKeyFile().ifPresent(file -> configuration.setPrivateKeyFile(file.toString()));
        sftp.privateKeyPassphrase().ifPresent(configuration::setPrivateKeyPassphrase);
        sftp.password().ifPresent(configuration::setPassword);
        String key = sftp.privateKeyFile().isPresent() ? "publickey," : "";
        String password = sftp.password().isPresent() ? "password,keyboard-interactive," : "";
        configuration.setPreferredAuthentications((key + password).replaceAll(",$", ""));
    }

    private static void pinHostKey(SftpConfiguration configuration, Channel.Sftp sftp) {
        configuration.setUseUserKnownHostsFile(false);
        configuration.setAutoCreateKnownHostsFile(false);
        if (sftp.hostKey().isEmpty() && Channel.isLoopback(sftp.host())) {
            // Nobody stands between this machine and itself; settings demand a key for every other host.
            configuration.setStrictHostKeyChecking("no");
            return;
        }
        String host = sftp.port() == SSH_PORT ? sftp.host() : "[" + sftp.host() + "]:" + sftp.port();
        configuration.setStrictHostKeyChecking("yes");
        configuration.setKnownHosts((host + " " + sftp.hostKey() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}

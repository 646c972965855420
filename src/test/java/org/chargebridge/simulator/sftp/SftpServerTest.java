package org.chargebridge.simulator.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.chargebridge.Patience;
import org.chargebridge.simulator.PortInUseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SftpServerTest {

    private static final Duration PATIENCE = Patience.LONG;

    @TempDir
    private Path directory;

    private SftpSettings settings() {
        return SftpSettings.withPassword(directory.resolve("root"), directory.resolve("keys/host"), "erp", "secret");
    }

    @Test
    void aFilePutByAClientLiesInTheRootFolder() throws IOException {
        try (SftpServer server = SftpServer.start(settings());
                SshClient ssh = client();
                ClientSession session = connect(ssh, server, "erp", new AtomicReference<>())) {
            session.addPasswordIdentity("secret");
            session.auth().verify(PATIENCE);
            try (SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
                try (var out = sftp.write("/demo/out/invoices.csv.part")) {
                    out.write("a;b\n".getBytes(StandardCharsets.UTF_8));
                }
                sftp.rename("/demo/out/invoices.csv.part", "/demo/out/invoices.csv");
                assertThat(sftp.canonicalPath("/demo/../../..")).isEqualTo("/");
            }
        }
        assertThat(directory.resolve("root/demo/out/invoices.csv")).hasContent("a;b\n");
        assertThat(directory.resolve("root/demo/in")).isDirectory();
    }

    @Test
    void aWrongPasswordIsRefused() throws IOException {
        try (SftpServer server = SftpServer.start(settings());
                SshClient ssh = client();
                ClientSession session = connect(ssh, server, "erp", new AtomicReference<>())) {
            session.addPasswordIdentity("wrong");
            assertThatThrownBy(() -> session.auth().verify(PATIENCE)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "EC, 256"})
    void aConfiguredKeyIsAcceptedAndAnotherIsNot(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        KeyPair known = generator.generateKeyPair();
        SftpSettings keyOnly = SftpSettings.withPassword(
                        directory.resolve("root"), directory.resolve("host"), "erp", "")
                .withAuthorizedKeys(PublicKeyEntry.toString(known.getPublic()));
        try (SftpServer server = SftpServer.start(keyOnly);
                SshClient ssh = client()) {
            try (ClientSession session = connect(ssh, server, "erp", new AtomicReference<>())) {
                session.addPublicKeyIdentity(known);
                assertThat(session.auth().verify(PATIENCE).isSuccess()).isTrue();
            }
            try (ClientSession session = connect(ssh, server, "erp", new AtomicReference<>())) {
                session.addPublicKeyIdentity(generator.generateKeyPair());
                assertThatThrownBy(() -> session.auth().verify(PATIENCE)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void theHostKeyIsMadeOnceAndItsFingerprintAndKnownHostsLineAreTrue() throws IOException {
        String first;
        try (SftpServer server = SftpServer.start(settings())) {
            first = server.fingerprint();
        }
        AtomicReference<PublicKey> shown = new AtomicReference<>();
        try (SftpServer server = SftpServer.start(settings());
                SshClient ssh = client();
                ClientSession session = connect(ssh, server, "erp", shown)) {
            session.addPasswordIdentity("secret");
            session.auth().verify(PATIENCE);
            assertThat(server.fingerprint()).isEqualTo(first).startsWith("SHA256:");
            assertThat(KeyUtils.getFingerPrint(BuiltinDigests.sha256, shown.get()))
                    .isEqualTo(first);
            assertThat(server.knownHostsLine())
                    .isEqualTo("[127.0.0.1]:" + server.port() + " " + PublicKeyEntry.toString(shown.get()));
        }
        assertThat(Files.exists(directory.resolve("keys/host"))).isTrue();
    }

    @Test
    void aPortInUseIsNamed() {
        try (SftpServer first = SftpServer.start(settings())) {
            assertThatThrownBy(() -> SftpServer.start(settings().withPort(first.port())))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining(Integer.toString(first.port()));
        }
    }

    private static SshClient client() {
        SshClient client = SshClient.setUpDefaultClient();
        client.start();
        return client;
    }

    private static ClientSession connect(
            SshClient client, SftpServer server, String user, AtomicReference<PublicKey> hostKey) throws IOException {
        client.setServerKeyVerifier((session, address, key) -> {
            hostKey.set(key);
            return true;
        });
        return client.connect(user, "127.0.0.1", server.port()).verify(PATIENCE).getSession();
    }
}

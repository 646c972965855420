package org.chargebridge.simulator.sftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.RejectAllPasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.KeySetPublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.RejectAllPublickeyAuthenticator;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.chargebridge.simulator.PortInUseException;

/** An SFTP server on loopback that serves one folder to one user. */
public final class SftpServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int KEY_BITS = 256;

    private final SshServer server;
    private final SftpSettings settings;

    private SftpServer(SshServer server, SftpSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    /**
     * Starts a server that accepts logins when this returns.
     *
     * @param listeners told of what clients do
     * @throws PortInUseException when the port is taken
     * @throws UncheckedIOException when folders or host key cannot be made
     */
    public static SftpServer start(SftpSettings settings, SftpEventListener... listeners) {
        try {
            for (String folder : settings.folders()) {
                Files.createDirectories(settings.root().resolve(folder));
            }
            Files.createDirectories(settings.root());
            Files.createDirectories(settings.hostKey().toAbsolutePath().getParent());
            SshServer server = configured(settings, listeners);
            server.start();
            return new SftpServer(server, settings);
        } catch (BindException taken) {
            throw new PortInUseException(settings.port(), taken);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot start the SFTP server on " + settings.root(), failure);
        }
    }

    private static SshServer configured(SftpSettings settings, SftpEventListener... listeners) throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(HOST);
        server.setPort(settings.port());
        // Without it every small SFTP packet waits for the delayed acknowledgement of the one before.
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        server.setKeyPairProvider(provider(settings.hostKey()));
        server.setFileSystemFactory(
                new VirtualFileSystemFactory(settings.root().toAbsolutePath().normalize()));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder().build();
        for (SftpEventListener listener : listeners) {
            sftp.addSftpEventListener(listener);
        }
        server.setSubsystemFactories(List.of(sftp));
        if (settings.password().isEmpty()) {
            server.setPasswordAuthenticator(RejectAllPasswordAuthenticator.INSTANCE);
        } else {
            server.setPasswordAuthenticator(
                    (user, password, session) -> user.equals(settings.user()) && password.equals(settings.password()));
        }
        Collection<PublicKey> keys = publicKeys(settings);
        if (keys.isEmpty()) {
            server.setPublickeyAuthenticator(RejectAllPublickeyAuthenticator.INSTANCE);
        } else {
            KeySetPublickeyAuthenticator known = new KeySetPublickeyAuthenticator("authorized keys", keys);
            server.setPublickeyAuthenticator(
                    (user, key, session) -> user.equals(settings.user()) && known.authenticate(user, key, session));
        }
        return server;
    }

    private static KeyPairProvider provider(Path file) {
        SimpleGeneratorHostKeyProvider provider = new SimpleGeneratorHostKeyProvider(file);
        provider.setAlgorithm(KeyUtils.EC_ALGORITHM);
        provider.setKeySize(KEY_BITS);
        return provider;
    }

    private static Collection<PublicKey> publicKeys(SftpSettings settings) throws IOException {
        List<PublicKey> keys = new ArrayList<>();
        for (String line : settings.authorizedKeys()) {
            try {
                keys.add(AuthorizedKeyEntry.parseAuthorizedKeyEntry(line)
                        .resolvePublicKey(null, PublicKeyEntryResolver.FAILING));
            } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
                throw new IOException("Not a line of an authorized_keys file: " + line, notAKey);
            }
        }
        return keys;
    }

    public int port() {
        return server.getPort();
    }

    public SftpSettings settings() {
        return settings;
    }

    /** The host key's fingerprint as {@code ssh-keygen -l} shows it: {@code SHA256:...}. */
    public String fingerprint() {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKey());
    }

    /** The line that a client's {@code known_hosts} file needs. */
    public String knownHostsLine() {
        String host = port() == 22 ? HOST : "[" + HOST + "]:" + port();
        return host + ' ' + PublicKeyEntry.toString(hostKey());
    }

    /**
     * The host key in a file as {@code ecdsa-sha2-nistp256 AAAA...}, made if it is missing: known before the server
     * starts.
     */
    public static String hostKey(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return PublicKeyEntry.toString(publicKey(provider(file), file));
        } catch (IOException failure) {
            throw new UncheckedIOException("The host key " + file + " cannot be made", failure);
        }
    }

    private PublicKey hostKey() {
        return publicKey(server.getKeyPairProvider(), settings.hostKey());
    }

    private static PublicKey publicKey(KeyPairProvider provider, Path file) {
        try {
            return provider.loadKeys(null).iterator().next().getPublic();
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("The host key " + file + " cannot be read", failure);
        }
    }

    /** Stops at once; open sessions are cut. */
    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

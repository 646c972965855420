package org.chargebridge.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.chargebridge.Ports;

/** An ERP's SFTP server that fails where a test wants it to. */
final class ErpServer implements AutoCloseable {

    /** What goes wrong; each for the next time only. */
    enum Fault {
        NONE,
        /** The rename is refused. */
        REFUSE_RENAME,
        /** The rename is done, and the connection cut before it is answered. */
        LOSE_RENAME_ANSWER,
        /** The connection is cut while bytes are written. */
        CUT_WRITE,
        /** What is read is removed when it is closed. */
        REMOVE_READ,
        /** What is written is taken away when it is closed, whatever its name. */
        REMOVE_WRITTEN
    }

    private final Path root;
    private final Path hostKeys;
    private SshServer server;
    private volatile Fault fault = Fault.NONE;
    private final AtomicInteger logins = new AtomicInteger();
    private volatile String password = "secret";

    ErpServer(Path directory) throws IOException {
        root = Files.createDirectories(directory.resolve("root"));
        hostKeys = Files.createDirectories(directory.resolve("keys"));
        Files.createDirectories(root.resolve("demo/in"));
        start(Ports.free(), "host");
    }

    private void start(int port, String key) throws IOException {
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        SimpleGeneratorHostKeyProvider hostKey = new SimpleGeneratorHostKeyProvider(hostKeys.resolve(key));
        hostKey.setAlgorithm(KeyUtils.EC_ALGORITHM);
        hostKey.setKeySize(256);
        server.setKeyPairProvider(hostKey);
        server.setPasswordAuthenticator((user, given, session) -> {
            logins.incrementAndGet();
            return user.equals("demo") && given.equals(password);
        });
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder().build();
        sftp.addSftpEventListener(new Faults());
        server.setSubsystemFactories(List.of(sftp));
        server.start();
    }

    void stop() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void startAgain() throws IOException {
        start(server.getPort(), "host");
    }

    /** As after somebody else took the address over. */
    void startAgainWithAnotherHostKey() throws IOException {
        start(server.getPort(), "other-host");
    }

    void fail(Fault next) {
        fault = next;
    }

    int port() {
        return server.getPort();
    }

    void changePassword(String to) {
        password = to;
    }

    int logins() {
        return logins.get();
    }

    int sessions() {
        return server.getActiveSessions().size();
    }

    String hostKey() {
        try {
            PublicKey key =
                    server.getKeyPairProvider().loadKeys(null).iterator().next().getPublic();
            return PublicKeyEntry.toString(key);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** The names in a directory. */
    List<String> names(String directory) {
        try (Stream<Path> files = Files.list(root.resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private final class Faults implements SftpEventListener {

        @Override
        public void closed(ServerSession session, String remote, Handle handle, Throwable thrown) throws IOException {
            if (handle instanceof FileHandle file
                    && fault
                            == (file.getOpenOptions().contains(StandardOpenOption.WRITE)
                                    ? Fault.REMOVE_WRITTEN
                                    : Fault.REMOVE_READ)) {
                fault = Fault.NONE;
                Files.delete(file.getFile());
            }
        }

        @Override
        public void moving(ServerSession session, Path from, Path to, Collection<CopyOption> options)
                throws IOException {
            if (fault == Fault.REFUSE_RENAME) {
                fault = Fault.NONE;
                throw new IOException("the disk is being checked");
            }
        }

        @Override
        public void moved(ServerSession session, Path from, Path to, Collection<CopyOption> options, Throwable thrown)
                throws IOException {
            if (fault == Fault.LOSE_RENAME_ANSWER) {
                fault = Fault.NONE;
                session.close(true);
            }
        }

        @Override
        public void writing(
                ServerSession session,
                String handle,
                FileHandle file,
                long offset,
                byte[] data,
                int dataOffset,
                int dataLength)
                throws IOException {
            if (fault == Fault.CUT_WRITE && offset > 0) {
                fault = Fault.NONE;
                session.close(true);
                throw new IOException("cut");
            }
        }
    }
}

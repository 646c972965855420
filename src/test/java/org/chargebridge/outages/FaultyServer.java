package org.chargebridge.outages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.io.IoUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpErrorStatusDataHandler;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemConfigurator;
import org.apache.sshd.sftp.server.SftpSubsystemEnvironment;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;
import org.chargebridge.Ports;

/** An ERP's SFTP server, real but for the faults that a test switches on and off. */
final class FaultyServer implements AutoCloseable {

    /** What goes wrong from when it is switched on until it is switched off. */
    enum Fault {
        /** Every write is answered by the failure that servers give when their disk is full. */
        NO_SPACE,
        /** The user may neither list, read nor write. */
        NO_PERMISSION,
        /** Renames are refused. */
        REFUSE_RENAME,
        /** Renames are done, and answered as if they had been refused. */
        RENAME_DONE_YET_REFUSED,
        /** A move is a copy: what was moved has another time. */
        MOVE_CHANGES_THE_TIME,
        /** The connection is cut in the middle of a file that is read; once. */
        CUT_READ,
        /** The connection is cut in the middle of a file that is written; once. */
        CUT_WRITE,
        /** Every name is listed twice. */
        LIST_TWICE,
        /** A file goes while its directory is listed; once. */
        GONE_WHILE_LISTED,
        /** Files are listed with another time than they are shown with by themselves, as of another time zone. */
        LIST_OTHER_TIMES,
        /** Names are listed without size, time or kind. */
        LIST_NAMES_ONLY,
        /** Nothing tells what is a directory and what a file. */
        NO_KINDS,
        /** What does not lie there is answered by a failure like any other. */
        MISSING_IS_A_FAILURE,
        /** A connection over which a file was read or written is cut when anything else is asked of it. */
        ONE_FILE_A_CONNECTION,
        /** Directories are never listed, though the server is there, as with storage that hangs. */
        SILENT
    }

    /** A server is a process of its own user here: what stands in a test's callback may break as it likes. */
    interface Moving {
        void before(Path from) throws IOException;
    }

    private static final int MIDDLE = 40_000;

    private final Path root;
    private final Path keys;
    private final String user;
    private final Set<Fault> faults = ConcurrentHashMap.newKeySet();
    private SshServer server;
    private volatile UnaryOperator<String> listedName = name -> name;
    private volatile Moving moving = from -> {};
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    /** What a list that was begun has still to tell. */
    private final Set<Path> listed = ConcurrentHashMap.newKeySet();

    private final Set<SftpSubsystemProxy> used = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    FaultyServer(Path directory, String user) {
        this.user = user;
        try {
            root = Files.createDirectories(directory.resolve("root"));
            keys = Files.createDirectories(directory.resolve("keys"));
            Files.createDirectories(root.resolve("out"));
            Files.createDirectories(root.resolve("in"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(Ports.free(), "first");
    }

    private void start(int port, String key) {
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        SimpleGeneratorHostKeyProvider hostKey = new SimpleGeneratorHostKeyProvider(keys.resolve(key));
        hostKey.setAlgorithm(KeyUtils.EC_ALGORITHM);
        hostKey.setKeySize(256);
        server.setKeyPairProvider(hostKey);
        server.setPasswordAuthenticator((name, password, session) -> name.equals(user) && password.equals("secret"));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory() {
            @Override
            public Command createSubsystem(ChannelSession channel) throws IOException {
                return new Subsystem(channel, this);
            }
        };
        sftp.setFileSystemAccessor(new Access());
        sftp.setErrorStatusDataHandler(new Answers());
        server.setSubsystemFactories(List.of(sftp));
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    String hostKey() {
        try {
            return PublicKeyEntry.toString(
                    server.getKeyPairProvider().loadKeys(null).iterator().next().getPublic());
        } catch (IOException | java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Path out() {
        return root.resolve("out");
    }

    Path in() {
        return root.resolve("in");
    }

    void stop() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void startAgain() {
        start(server.getPort(), "first");
    }

    /** As after somebody else took the address over. */
    void startAgainWithAnotherHostKey() {
        start(server.getPort(), "second");
    }

    void fail(Fault fault) {
        faults.add(fault);
    }

    void mend(Fault fault) {
        faults.remove(fault);
    }

    /** How names are listed, for servers that lie. */
    void listNamesAs(UnaryOperator<String> listed) {
        listedName = listed;
    }

    /** Files of this name may be listed and not read. */
    void deny(String name) {
        unreadable.add(name);
    }

    void allow(String name) {
        unreadable.remove(name);
    }

    /** What happens on the server between the client's last look and the move of a file. */
    void beforeMoving(Moving step) {
        moving = step;
    }

    @Override
    public void close() {
        closed.countDown();
        stop();
    }

    private void requirePermission(Path path) throws AccessDeniedException {
        if (faults.contains(Fault.NO_PERMISSION)) {
            throw new AccessDeniedException(path.toString());
        }
    }

    private void hang() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void requireUnused(SftpSubsystemProxy subsystem) throws IOException {
        if (used.remove(subsystem)) {
            subsystem.getServerSession().close(true);
            throw new IOException("cut");
        }
    }

    private final class Subsystem extends SftpSubsystem {

        Subsystem(ChannelSession channel, SftpSubsystemConfigurator configurator) {
            super(channel, configurator);
        }

        @Override
        protected void writeAttrs(Buffer buffer, Map<String, ?> attributes) {
            if (!faults.contains(Fault.NO_KINDS) || !attributes.containsKey(IoUtils.LASTMOD_TIME_VIEW_ATTR)) {
                super.writeAttrs(buffer, attributes);
                return;
            }
            long modified = ((FileTime) attributes.get(IoUtils.LASTMOD_TIME_VIEW_ATTR)).to(TimeUnit.SECONDS);
            buffer.putUInt(SftpConstants.SSH_FILEXFER_ATTR_SIZE | SftpConstants.SSH_FILEXFER_ATTR_ACMODTIME);
            buffer.putLong(((Number) attributes.get(IoUtils.SIZE_VIEW_ATTR)).longValue());
            buffer.putUInt(modified);
            buffer.putUInt(modified);
        }
    }

    private final class Answers implements SftpErrorStatusDataHandler {

        @Override
        public int resolveSubStatus(
                SftpSubsystemEnvironment subsystem, int id, Throwable failure, int command, Object... arguments) {
            int usual = SftpErrorStatusDataHandler.super.resolveSubStatus(subsystem, id, failure, command, arguments);
            return faults.contains(Fault.MISSING_IS_A_FAILURE) && usual == SftpConstants.SSH_FX_NO_SUCH_FILE
                    ? SftpConstants.SSH_FX_FAILURE
                    : usual;
        }
    }

    private final class Access implements SftpFileSystemAccessor {

        @Override
        public NavigableMap<String, Object> resolveReportedFileAttributes(
                SftpSubsystemProxy subsystem,
                Path file,
                int flags,
                NavigableMap<String, Object> attributes,
                LinkOption... links)
                throws IOException {
            requireUnused(subsystem);
            // Links are not followed in lists alone.
            if (faults.contains(Fault.LIST_OTHER_TIMES)
                    && links.length > 0
                    && attributes.get(IoUtils.LASTMOD_TIME_VIEW_ATTR) instanceof FileTime time) {
                attributes.put(
                        IoUtils.LASTMOD_TIME_VIEW_ATTR,
                        FileTime.from(time.toInstant().plus(Duration.ofHours(1))));
            }
            if (faults.contains(Fault.LIST_NAMES_ONLY) && listed.remove(file)) {
                attributes.clear();
            }
            return SftpFileSystemAccessor.super.resolveReportedFileAttributes(
                    subsystem, file, flags, attributes, links);
        }

        @Override
        public void putRemoteFileName(
                SftpSubsystemProxy subsystem, Path path, Buffer buffer, String name, boolean shortName)
                throws IOException {
            SftpFileSystemAccessor.super.putRemoteFileName(
                    subsystem, path, buffer, shortName ? listedName.apply(name) : name, shortName);
        }

        @Override
        public SeekableByteChannel openFile(
                SftpSubsystemProxy subsystem,
                FileHandle handle,
                Path file,
                String remote,
                Set<? extends OpenOption> options,
                FileAttribute<?>... attributes)
                throws IOException {
            requirePermission(file);
            requireUnused(subsystem);
            if (unreadable.contains(file.getFileName().toString())) {
                throw new AccessDeniedException(file.toString());
            }
            return new FaultyChannel(
                    SftpFileSystemAccessor.super.openFile(subsystem, handle, file, remote, options, attributes),
                    subsystem);
        }

        @Override
        public DirectoryStream<Path> openDirectory(
                SftpSubsystemProxy subsystem,
                DirectoryHandle handle,
                Path directory,
                String remote,
                LinkOption... links)
                throws IOException {
            requirePermission(directory);
            requireUnused(subsystem);
            if (faults.contains(Fault.SILENT)) {
                hang();
            }
            if (faults.contains(Fault.LIST_NAMES_ONLY)) {
                try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
                    all.forEach(listed::add);
                }
            }
            DirectoryStream<Path> once =
                    SftpFileSystemAccessor.super.openDirectory(subsystem, handle, directory, remote, links);
            if (faults.remove(Fault.GONE_WHILE_LISTED)) {
                return listed(once, List.of(directory.resolve("gone")));
            }
            return faults.contains(Fault.LIST_TWICE) ? twice(once) : once;
        }

        @Override
        public void renameFile(SftpSubsystemProxy subsystem, Path from, Path to, Collection<CopyOption> options)
                throws IOException {
            requirePermission(from);
            if (faults.contains(Fault.REFUSE_RENAME)) {
                throw new FileSystemException(from.toString(), to.toString(), "Failure");
            }
            moving.before(from);
            SftpFileSystemAccessor.super.renameFile(subsystem, from, to, options);
            if (faults.contains(Fault.MOVE_CHANGES_THE_TIME)) {
                Files.setLastModifiedTime(
                        to,
                        FileTime.from(Files.getLastModifiedTime(to).toInstant().plusSeconds(2)));
            }
            if (faults.contains(Fault.RENAME_DONE_YET_REFUSED)) {
                throw new FileSystemException(from.toString(), to.toString(), "Failure");
            }
        }
    }

    private static DirectoryStream<Path> twice(DirectoryStream<Path> once) {
        List<Path> paths = new ArrayList<>();
        for (Path path : once) {
            paths.add(path);
            paths.add(path);
        }
        return listed(once, paths);
    }

    private static DirectoryStream<Path> listed(DirectoryStream<Path> once, List<Path> paths) {
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return paths.iterator();
            }

            @Override
            public void close() throws IOException {
                once.close();
            }
        };
    }

    /** A file whose reads and writes fail where a fault is on. */
    private final class FaultyChannel implements SeekableByteChannel {

        private final SeekableByteChannel file;
        private final SftpSubsystemProxy subsystem;

        FaultyChannel(SeekableByteChannel file, SftpSubsystemProxy subsystem) {
            this.file = file;
            this.subsystem = subsystem;
        }

        private void cut(Fault fault) throws IOException {
            if (file.position() >= MIDDLE && faults.remove(fault)) {
                subsystem.getServerSession().close(true);
                throw new IOException("cut");
            }
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            cut(Fault.CUT_READ);
            return file.read(bytes);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            cut(Fault.CUT_WRITE);
            if (faults.contains(Fault.NO_SPACE)) {
                throw new IOException("No space left on device");
            }
            return file.write(bytes);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public SeekableByteChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
            if (faults.contains(Fault.ONE_FILE_A_CONNECTION)) {
                used.add(subsystem);
            }
        }
    }
}

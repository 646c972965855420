package org.chargebridge.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.ChannelSftp.LsEntry;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import com.jcraft.jsch.SocketFactory;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.SftpOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that is cut when its server leaves us without an answer for too long. */
@SuppressWarnings("rawtypes") // Camel's own: the files of an endpoint have a type that has one.
final class AnsweringOperations extends SftpOperations {

    private static final Logger LOG = LoggerFactory.getLogger(AnsweringOperations.class);
    private static final ScheduledThreadPoolExecutor WATCH = watch();
    private static final int LOOKS = 10;
    /** For all that comes before the first question; how long the network may take is bounded by itself. */
    private static final Duration CONNECT_MAX = Duration.ofMinutes(2);

    private final Duration answerMax;
    private final Line line = new Line();

    AnsweringOperations(Proxy proxy, Duration answerMax) {
        super(proxy);
        this.answerMax = answerMax;
    }

    private static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sftp-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
        return watch;
    }

    /** What is asked of the server, of one thread at a time. */
    @FunctionalInterface
    interface Question<T, E extends Exception> {
        T ask() throws E;
    }

    /** Asks, and cuts the connection when no further piece of an answer comes for too long. */
    <T, E extends Exception> T answered(Question<T, E> question) throws E {
        return answered(question, answerMax);
    }

    private <T, E extends Exception> T answered(Question<T, E> question, Duration max) throws E {
        Silence silence = new Silence(max);
        long every = max.dividedBy(LOOKS).toMillis();
        ScheduledFuture<?> looks = WATCH.scheduleWithFixedDelay(silence::look, every, every, TimeUnit.MILLISECONDS);
        try {
            return question.ask();
        } catch (Exception e) {
            if (silence.cut) {
                // The library would open what comes next over this connection until its own thread sees it closed.
                forceDisconnect();
                throw new GenericFileOperationFailedException(
                        "Cut", new IOException("no answer for " + max.toSeconds() + " s"));
            }
            throw e;
        } finally {
            looks.cancel(false);
        }
    }

    /** How long nothing has come of what is asked now. The library asks for more whenever a piece has come. */
    private final class Silence {

        private final Duration max;
        private int asked = asked();
        private long sinceNanos = System.nanoTime();
        private volatile boolean cut;

        Silence(Duration max) {
            this.max = max;
        }

        void look() {
            int now = asked();
            if (now != asked) {
                asked = now;
                sinceNanos = System.nanoTime();
            } else if (System.nanoTime() - sinceNanos > max.toNanos()) {
                cut = true;
                line.cut();
            }
        }

        private int asked() {
            return SftpStat.channel(AnsweringOperations.this)
                    .map(SftpStat::requests)
                    .orElse(-1);
        }
    }

    @Override
    protected Session createSession(RemoteFileConfiguration configuration) throws JSchException {
        line.connectTimeout = configuration.getConnectTimeout();
        Session made = super.createSession(configuration);
        made.setSocketFactory(line);
        return made;
    }

    /**
     * The socket that was opened last. To close it is all that cuts a connection whatever it is at: the library's own way
     * says farewell first, and waits with that behind whoever waits for a network that takes no more.
     */
    private static final class Line implements SocketFactory {

        private volatile Optional<Socket> socket = Optional.empty();
        private volatile int connectTimeout;

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            Socket opened = new Socket();
            socket = Optional.of(opened);
            opened.connect(new InetSocketAddress(host, port), connectTimeout);
            return opened;
        }

        @Override
        public InputStream getInputStream(Socket from) throws IOException {
            return from.getInputStream();
        }

        @Override
        public OutputStream getOutputStream(Socket to) throws IOException {
            return to.getOutputStream();
        }

        void cut() {
            try {
                if (socket.isPresent()) {
                    socket.get().close();
                }
            } catch (IOException gone) {
                LOG.debug("the connection was closed", gone);
            }
        }
    }

    @Override
    public boolean connect(RemoteFileConfiguration configuration, Exchange exchange) {
        return answered(() -> super.connect(configuration, exchange), CONNECT_MAX);
    }

    @Override
    public SftpRemoteFile[] listFiles(String path) {
        List<SftpRemoteFile> listed = new ArrayList<>();
        for (SftpRemoteFile file : entries(path)) {
            // Where the server does not say what they are, these two would be taken for files.
            if (!file.getFilename().equals(".") && !file.getFilename().equals("..")) {
                LsEntry entry = (LsEntry) file.getRemoteFile();
                told(path, entry).ifPresent(told -> listed.add(new ListedFile(entry, told)));
            }
        }
        return listed.toArray(SftpRemoteFile[]::new);
    }

    /**
     * Asked once more where something is missing: servers that look at each name while they list answer so for the whole
     * list when an ERP renames a file that very moment. A directory that is missing is missing the second time too.
     */
    private SftpRemoteFile[] entries(String path) {
        try {
            return whileConnected(() -> inside(path));
        } catch (GenericFileOperationFailedException failed) {
            if (!(failed.getCause() instanceof SftpException answer) || answer.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                throw failed;
            }
            LOG.debug("{} is listed once more, as something in it was gone", path, failed);
            return whileConnected(() -> inside(path));
        }
    }

    /**
     * Of a server that does not say what is a directory the library thinks that this is a file, and lists it beside
     * others. With wildcards it does not ask.
     */
    private SftpRemoteFile[] inside(String path) {
        SftpRemoteFile[] listed = super.listFiles(path);
        boolean itself = listed.length == 1
                && !listed[0].isDirectory()
                && path.substring(path.lastIndexOf('/') + 1).equals(listed[0].getFilename());
        return itself
                ? Stream.of("/*", "/.*")
                        .flatMap(names -> Arrays.stream(super.listFiles(path + names)))
                        .toArray(SftpRemoteFile[]::new)
                : listed;
    }

    /** What the server tells of a file in its list, or when it is asked; empty where it is gone meanwhile. */
    private Optional<SftpATTRS> told(String directory, LsEntry entry) {
        SftpATTRS listed = entry.getAttrs();
        if ((listed.getFlags() & SftpATTRS.SSH_FILEXFER_ATTR_SIZE) != 0 || listed.isDir() || listed.isLink()) {
            return Optional.of(listed);
        }
        try {
            String path = directory + "/" + entry.getFilename();
            Optional<ChannelSftp> open = SftpStat.channel(this);
            return open.isEmpty()
                    ? Optional.of(listed)
                    : Optional.of(answered(() -> open.get().lstat(path)));
        } catch (SftpException e) {
            LOG.debug("{} is listed without a size, and cannot be asked about", entry.getFilename(), e);
            return e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE ? Optional.empty() : Optional.of(listed);
        }
    }

    /** After a cut what else was to be done would fail for reasons that tell nobody anything. */
    private <T, E extends Exception> T whileConnected(Question<T, E> question) throws E {
        if (SftpStat.channel(this).isEmpty()) {
            throw new GenericFileOperationFailedException(
                    "Cut", new SftpException(ChannelSftp.SSH_FX_CONNECTION_LOST, "the connection was lost"));
        }
        return answered(question);
    }

    @Override
    public boolean retrieveFile(String name, Exchange exchange, long size) {
        boolean retrieved = whileConnected(() -> super.retrieveFile(name, exchange, size));
        GenericFile<?> file = exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, GenericFile.class);
        if (file != null && file.getBody() instanceof InputStream content) {
            file.setBody(new Content(content));
        }
        return retrieved;
    }

    @Override
    public void releaseRetrievedFileResources(Exchange exchange) {
        answered(() -> {
            super.releaseRetrievedFileResources(exchange);
            return true;
        });
    }

    @Override
    public boolean storeFile(String name, Exchange exchange, long size) {
        return whileConnected(() -> super.storeFile(name, exchange, size));
    }

    @Override
    public boolean renameFile(String from, String to) {
        return whileConnected(() -> super.renameFile(from, to));
    }

    @Override
    public boolean deleteFile(String name) {
        return whileConnected(() -> super.deleteFile(name));
    }

    @Override
    public boolean buildDirectory(String directory, boolean absolute) {
        return whileConnected(() -> isThere(directory) || super.buildDirectory(directory, absolute));
    }

    /** The library enters a directory to know it, and does not dare to where the server does not say what it is. */
    private boolean isThere(String directory) {
        try {
            SftpATTRS there = SftpStat.channel(this).orElseThrow().stat(directory);
            return there.isDir() || (there.getFlags() & SftpATTRS.SSH_FILEXFER_ATTR_PERMISSIONS) == 0;
        } catch (SftpException e) {
            LOG.debug("{} is not known to be there", directory, e);
            return false;
        }
    }

    @Override
    public boolean existsFile(String name) {
        return whileConnected(() -> super.existsFile(name));
    }

    /** A file that is read while it comes. */
    private final class Content extends FilterInputStream {

        Content(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return answered(in::read);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return answered(() -> in.read(bytes, offset, length));
        }

        @Override
        public void close() throws IOException {
            answered(() -> {
                in.close();
                return true;
            });
        }
    }
}

package org.chargebridge.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.GatewaySettings;
import org.chargebridge.charge.Sha256;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.InboundFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings a remote file, or a body sent over HTTP, to this node's disk, whole or not at all. The spool file never bears the remote name, so that no
 * name an ERP can think of reaches this file system.
 */
@Component
public class SpoolFile {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolFile.class);
    private static final String SUFFIX = ".spool";
    private static final int CHUNK = 64 * 1024;
    private static final int HASH_SHOWN = 8;

    private final Channels channels;
    private final Path directory;

    /** Makes this node's spool directory and removes what an earlier life left in it. */
    public SpoolFile(Channels channels, GatewaySettings settings) throws IOException {
        this.channels = channels;
        this.directory = settings.spoolDirectory();
        Files.createDirectories(directory);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    /**
     * Spools one file and forces it to disk.
     *
     * @param size in bytes, as listed
     * @param modified milliseconds since 1970, as listed
     * @throws IOException where the stream ends early or goes on past the listed size: the file was still being
     *     written, or the connection was cut; nothing is kept of it
     */
    public ReceivedFile spool(String channel, String name, long size, long modified, InputStream content)
            throws IOException {
        Spooled spooled = write(channel, content);
        if (spooled.size() != size) {
            remove(spooled.path());
            throw new IOException("listed with " + size + " bytes, but " + spooled.size()
                    + " could be read: it is still being written, or the connection was cut");
        }
        String path = channels.named(channel).sftp().outDirectory() + "/" + name;
        return new ReceivedFile(
                channel, name, path, size, Instant.ofEpochMilli(modified), spooled.sha256(), spooled.path());
    }

    /**
     * Spools what somebody sends over HTTP and forces it to disk. The stream must fail where the sender breaks off, so
     * that its end is the end of the body.
     *
     * @param user who sent it
     * @param name with {@code *} where the first eight characters of its hash go
     * @throws IOException where the stream fails or this disk takes no more; nothing is kept of it
     */
    public ReceivedFile spoolBody(String channel, String user, String name, Instant came, InputStream content)
            throws IOException {
        return spooled(channel, InboundFiles.HTTP + user, name, came, content, ReceivedFile.Handling.REQUEST);
    }

    /** Spools lines that were made here of a request of another form, in our own names; nothing else is the same. */
    public ReceivedFile spoolMade(
            String channel, String user, String name, Instant came, byte[] content, ReceivedFile.Handling handling)
            throws IOException {
        return spooled(channel, InboundFiles.MADE + user, name, came, new ByteArrayInputStream(content), handling);
    }

    private ReceivedFile spooled(
            String channel, String path, String name, Instant came, InputStream content, ReceivedFile.Handling handling)
            throws IOException {
        Spooled spooled = write(channel, content);
        return new ReceivedFile(
                channel,
                name.replace("*", spooled.sha256().substring(0, HASH_SHOWN)),
                path,
                spooled.size(),
                came,
                spooled.sha256(),
                spooled.path(),
                handling);
    }

    /** Where bytes that are read back from the ledger can be put; whoever puts them there removes them. */
    Path place(String channel) {
        return directory.resolve(channel + "-" + UUID.randomUUID() + SUFFIX);
    }

    private record Spooled(Path path, long size, String sha256) {}

    private Spooled write(String channel, InputStream content) throws IOException {
        Path spool = place(channel);
        try (content) {
            make(spool);
            return write(spool, content);
        }
    }

    private static void make(Path spool) throws SpoolFull {
        try {
            Files.createFile(spool);
        } catch (IOException e) {
            throw SpoolFull.ofFiles(spool, e);
        }
    }

    private static Spooled write(Path spool, InputStream content) throws IOException {
        try {
            MessageDigest digest = Sha256.digest();
            long size = copy(content, spool, digest);
            String sha256 = HexFormat.of().formatHex(digest.digest());
            Killpoint.at("intake.after-hash");
            return new Spooled(spool, size, sha256);
        } catch (IOException | RuntimeException e) {
            remove(spool);
            throw e;
        }
    }

    private static long copy(InputStream content, Path spool, MessageDigest digest) throws IOException {
        long read = 0;
        try (FileChannel out = FileChannel.open(spool, StandardOpenOption.WRITE)) {
            byte[] chunk = new byte[CHUNK];
            for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
                digest.update(chunk, 0, n);
                ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, n);
                write(bytes, out, spool);
                read += n;
                Killpoint.at("intake.mid-download");
            }
            Killpoint.at("intake.after-spool-write");
            out.force(true);
            Killpoint.at("intake.after-spool-fsync");
        }
        return read;
    }

    private static void write(ByteBuffer bytes, FileChannel out, Path spool) throws SpoolFull {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw SpoolFull.ofBytes(spool, e);
        }
    }

    /** Removes a spooled file that is recorded or will be fetched again. */
    public void remove(ReceivedFile file) {
        remove(file.spool());
    }

    private static void remove(Path spool) {
        try {
            Files.deleteIfExists(spool);
        } catch (IOException e) {
            LOG.warn(
                    "The spool file {} could not be removed ({}); it is removed at the next start.",
                    spool,
                    e.toString());
        }
    }
}

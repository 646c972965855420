package org.chargebridge.ledger;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.chargebridge.charge.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An outbound file's bytes as rows of 1 MiB, each gzipped for itself. */
final class OutboundParts {

    static final int PART_SIZE = 1 << 20;

    private OutboundParts() {}

    /** Stores what is written to it; {@link #finish} ends it and makes size and hash known. */
    static final class Writer extends OutputStream {
        private final JdbcClient jdbc;
        private final long fileId;
        private final LongConsumer written;
        private final byte[] buffer = new byte[PART_SIZE];
        private final MessageDigest digest = Sha256.digest();
        private int filled;
        private int number;
        private long size;
        private String sha256 = "";

        /** @param written is told of all bytes, part by part */
        Writer(JdbcClient jdbc, long fileId, LongConsumer written) {
            this.jdbc = jdbc;
            this.fileId = fileId;
            this.written = written;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            int done = 0;
            while (done < length) {
                int chunk = Math.min(length - done, PART_SIZE - filled);
                System.arraycopy(bytes, offset + done, buffer, filled, chunk);
                filled += chunk;
                done += chunk;
                if (filled == PART_SIZE) {
                    store();
                }
            }
        }

        private void store() {
            jdbc.sql("insert into outbound_file_part (outbound_file_id, number, content) values (?, ?, ?)")
                    .params(fileId, number, Gzip.of(buffer, filled))
                    .update();
            digest.update(buffer, 0, filled);
            size += filled;
            written.accept(filled);
            number++;
            filled = 0;
        }

        void finish() {
            if (filled > 0) {
                store();
            }
            sha256 = HexFormat.of().formatHex(digest.digest());
        }

        long size() {
            return size;
        }

        String sha256() {
            return sha256;
        }
    }

    /** Reads the parts in their order, holding one at a time. */
    static final class Reader extends InputStream {
        private final JdbcClient jdbc;
        private final long fileId;
        private InputStream part = new ByteArrayInputStream(new byte[0]);
        private int number;

        Reader(JdbcClient jdbc, long fileId) {
            this.jdbc = jdbc;
            this.fileId = fileId;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = part.read(bytes, offset, length);
            while (count < 0) {
                Optional<byte[]> content = jdbc.sql(
                                "select content from outbound_file_part where outbound_file_id = ? and number = ?")
                        .params(fileId, number)
                        .query(byte[].class)
                        .optional();
                if (content.isEmpty()) {
                    return -1;
                }
                number++;
                part = new GZIPInputStream(new ByteArrayInputStream(content.get()));
                count = part.read(bytes, offset, length);
            }
            return count;
        }
    }
}

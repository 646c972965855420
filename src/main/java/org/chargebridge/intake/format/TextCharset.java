package org.chargebridge.intake.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/**
 * In which character set a file is written, found without guessing: its byte order mark, else what the channel says,
 * else UTF-8 if the whole file is valid UTF-8, else windows-1252.
 *
 * @param markLength bytes of the byte order mark
 */
record TextCharset(Charset charset, int markLength) {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int BUFFER = 64 * 1024;

    /** @throws FileRefused if a mark or the channel names a character set that the bytes are not in */
    static TextCharset of(Path file, Optional<String> configured) throws FileRefused, IOException {
        Optional<TextCharset> marked = byMark(file);
        if (marked.isPresent() || configured.isPresent()) {
            TextCharset found = marked.orElseGet(() -> new TextCharset(Charset.forName(configured.orElseThrow()), 0));
            if (!found.isValid(file)) {
                throw new FileRefused(Reason.of(
                        ReasonCode.FILE_NOT_READABLE,
                        "it holds bytes that are not " + found.charset().name(),
                        1));
            }
            return found;
        }
        TextCharset utf8 = new TextCharset(StandardCharsets.UTF_8, 0);
        return utf8.isValid(file) ? utf8 : new TextCharset(WINDOWS_1252, 0);
    }

    private static Optional<TextCharset> byMark(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(3);
        }
        int first = start.length > 0 ? start[0] & 0xFF : -1;
        int second = start.length > 1 ? start[1] & 0xFF : -1;
        int third = start.length > 2 ? start[2] & 0xFF : -1;
        if (first == 0xEF && second == 0xBB && third == 0xBF) {
            return Optional.of(new TextCharset(StandardCharsets.UTF_8, 3));
        }
        if (first == 0xFF && second == 0xFE) {
            return Optional.of(new TextCharset(StandardCharsets.UTF_16LE, 2));
        }
        if (first == 0xFE && second == 0xFF) {
            return Optional.of(new TextCharset(StandardCharsets.UTF_16BE, 2));
        }
        return Optional.empty();
    }

    Reader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        in.skipNBytes(markLength);
        return new InputStreamReader(in, charset);
    }

    /** Whether all bytes are in the set; a character cut short at the very end is a cut file, not another set. */
    private boolean isValid(Path file) throws IOException {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
        CharBuffer text = CharBuffer.allocate(BUFFER);
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(markLength);
            while (true) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                if (read < 0) {
                    return true;
                }
                bytes.position(bytes.position() + read).flip();
                CoderResult result = decoder.decode(bytes, text, false);
                while (result.isOverflow()) {
                    text.clear();
                    result = decoder.decode(bytes, text, false);
                }
                if (result.isError()) {
                    return false;
                }
                text.clear();
                bytes.compact();
            }
        }
    }
}

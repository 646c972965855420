package org.chargebridge.intake.format;

import java.io.BufferedInputStream;
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
import java.util.Set;
import org.chargebridge.charge.Detail;
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

    /** The two bytes of æ ø å Æ Ø Å ä ö Ä Ö é in UTF-8; in windows-1252 they begin with Ã, a letter of no Nordic language. */
    private static final int NORDIC_LEAD = 0xC3;

    private static final Set<Integer> NORDIC_SECOND =
            Set.of(0xA6, 0xB8, 0xA5, 0x86, 0x98, 0x85, 0xA4, 0xB6, 0x84, 0x96, 0xA9);

    /** @throws FileRefused if a mark or the channel names a character set that the bytes are not in */
    static TextCharset of(Path file, Optional<String> configured) throws FileRefused, IOException {
        Optional<TextCharset> marked = byMark(file);
        if (marked.isPresent() || configured.isPresent()) {
            TextCharset found = marked.orElseGet(() -> new TextCharset(Charset.forName(configured.orElseThrow()), 0));
            if (!found.isValid(file)) {
                throw new FileRefused(Reason.of(
                        ReasonCode.FILE_NOT_READABLE,
                        Detail.NOT_IN_CHARSET.of(found.charset().name()),
                        1));
            }
            return found;
        }
        TextCharset utf8 = new TextCharset(StandardCharsets.UTF_8, 0);
        if (utf8.isValid(file)) {
            return utf8;
        }
        if (holdsNordicLettersInUtf8(file)) {
            throw new FileRefused(Reason.of(ReasonCode.FILE_NOT_READABLE, Detail.TWO_CHARSETS.of(), 1));
        }
        return new TextCharset(WINDOWS_1252, 0);
    }

    /**
     * Whether a file that is not UTF-8 as a whole is so in parts, as when two exports were joined. Read as windows-1252,
     * those parts would give document numbers that nobody ever wrote, and so a second charge.
     */
    private static boolean holdsNordicLettersInUtf8(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            int before = -1;
            for (int now = in.read(); now >= 0; now = in.read()) {
                if (before == NORDIC_LEAD && NORDIC_SECOND.contains(now)) {
                    return true;
                }
                before = now;
            }
            return false;
        }
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

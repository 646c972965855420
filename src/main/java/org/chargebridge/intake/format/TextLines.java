package org.chargebridge.intake.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The lines of a text, ended by LF, CR LF or CR, one at a time and none of them without a limit. */
final class TextLines implements Closeable {

    /**
     * A line without its end.
     *
     * @param number from 1
     * @param ended false for the last line of a text that does not end with a line end
     * @param complete false where it was longer than the limit, and only its beginning is kept
     */
    record Line(String text, int number, boolean ended, boolean complete) {

        boolean isBlank() {
            for (int i = 0; i < text.length(); i++) {
                if (!Cells.isBlank(text.charAt(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final int END = -1;
    private static final int LENGTH_USUAL = 160;

    private final Reader reader;
    private final int lengthMax;
    private final char[] buffer = new char[16 * 1024];
    private final Deque<Line> returned = new ArrayDeque<>();
    private int position;
    private int limit;
    private int number;

    TextLines(Reader reader, int lengthMax) {
        this.reader = reader;
        this.lengthMax = lengthMax;
    }

    /** The next line; empty at the end. */
    Optional<Line> next() throws IOException {
        if (!returned.isEmpty()) {
            return Optional.of(returned.pop());
        }
        if (peek() == END) {
            return Optional.empty();
        }
        number++;
        StringBuilder text = new StringBuilder(LENGTH_USUAL);
        boolean complete = true;
        int c = peek();
        while (c != END && c != '\n' && c != '\r') {
            int start = position;
            while (position < limit && buffer[position] != '\n' && buffer[position] != '\r') {
                position++;
            }
            int room = lengthMax - text.length();
            text.append(buffer, start, Math.min(room, position - start));
            complete = complete && position - start <= room;
            c = peek();
        }
        if (read() == '\r' && peek() == '\n') {
            read();
        }
        return Optional.of(new Line(text.toString(), number, c != END, complete));
    }

    /** Gives a line back, to be the next one. */
    void giveBack(Line line) {
        returned.push(line);
    }

    private int read() throws IOException {
        int c = peek();
        if (c != END) {
            position++;
        }
        return c;
    }

    private int peek() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, reader.read(buffer, 0, buffer.length));
            if (limit == 0) {
                return END;
            }
        }
        return buffer[position];
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}

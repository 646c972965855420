package org.chargebridge.reporting.settlement;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

/**
 * Packs a workbook anew while it is written, with a given time where its writer put the clock's: the same content has to
 * give the same bytes. Understands archives as fastexcel writes them, deflated and with sizes behind the data.
 */
final class DatedZip extends OutputStream {

    private static final String PROPERTIES = "docProps/core.xml";
    private static final Pattern CREATED = Pattern.compile("(<dcterms:created[^>]*>)[^<]*");
    private static final int HEADER_LENGTH = 30;
    private static final int NAME_LENGTH_AT = 26;
    private static final int DESCRIPTOR_LENGTH = 24;
    private static final int SIGNATURE_AT = 2;
    private static final byte HEADER_SIGNATURE = 3;

    private enum Part {
        HEADER,
        NAME,
        DATA,
        DESCRIPTOR,
        /** The directory at the end, which is made anew. */
        REST
    }

    private final Instant time;
    private final LocalDateTime entryTime;
    private final ZipOutputStream zip;
    private final Inflater inflater = new Inflater(true);
    private final ByteArrayOutputStream fixed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream properties = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[8192];
    private Part part = Part.HEADER;
    private int wanted = HEADER_LENGTH;
    private boolean isProperties;

    DatedZip(OutputStream out, Instant time) {
        this.time = time.truncatedTo(ChronoUnit.SECONDS);
        // An archive's times have no zone: that of the machine must not show.
        entryTime = LocalDateTime.ofInstant(this.time, ZoneOffset.UTC);
        zip = new ZipOutputStream(out);
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end && part != Part.REST) {
            at += part == Part.DATA ? inflate(bytes, at, end - at) : collect(bytes, at, end - at);
        }
    }

    private int collect(byte[] bytes, int offset, int length) throws IOException {
        int taken = Math.min(wanted - fixed.size(), length);
        fixed.write(bytes, offset, taken);
        if (fixed.size() == wanted) {
            byte[] whole = fixed.toByteArray();
            fixed.reset();
            collected(whole);
        }
        return taken;
    }

    private void collected(byte[] whole) throws IOException {
        switch (part) {
            case HEADER -> {
                boolean isEntry = whole[SIGNATURE_AT] == HEADER_SIGNATURE;
                expect(isEntry ? Part.NAME : Part.REST, Byte.toUnsignedInt(whole[NAME_LENGTH_AT]));
            }
            case NAME -> {
                begin(new String(whole, StandardCharsets.US_ASCII));
                expect(Part.DATA, 0);
            }
            case DESCRIPTOR -> expect(Part.HEADER, HEADER_LENGTH);
            case DATA, REST -> throw new IllegalStateException("no fixed length: " + part);
        }
    }

    private void expect(Part next, int length) {
        part = next;
        wanted = length;
    }

    private void begin(String name) throws IOException {
        isProperties = name.equals(PROPERTIES);
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(entryTime);
        zip.putNextEntry(entry);
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
        inflater.setInput(bytes, offset, length);
        try {
            for (int read = inflater.inflate(buffer); read > 0; read = inflater.inflate(buffer)) {
                (isProperties ? properties : zip).write(buffer, 0, read);
            }
        } catch (DataFormatException e) {
            throw (ZipException) new ZipException("not deflated").initCause(e);
        }
        int taken = length - inflater.getRemaining();
        if (inflater.finished()) {
            end();
        }
        return taken;
    }

    private void end() throws IOException {
        if (isProperties) {
            Matcher created = CREATED.matcher(properties.toString(StandardCharsets.UTF_8));
            zip.write(created.replaceFirst("$1" + time).getBytes(StandardCharsets.UTF_8));
            properties.reset();
        }
        zip.closeEntry();
        inflater.reset();
        expect(Part.DESCRIPTOR, DESCRIPTOR_LENGTH);
    }

    /** Ends the archive; the stream under it stays open. */
    void finish() throws IOException {
        zip.finish();
        zip.flush();
        inflater.end();
    }
}

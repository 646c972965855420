package org.chargebridge.reporting.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML element by element: what is a record of its own begins a line, everything in it stays on that line. */
public final class XmlOut {

    // The JDK's, whatever else the class path holds: the bytes must not depend on it.
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();
    private static final String INDENT = "  ";

    private final Writer writer;
    private final XMLStreamWriter xml;
    private final Deque<Boolean> blocks = new ArrayDeque<>();
    private boolean lineEnded;

    /** Begins the document with its root element, which is a block. */
    public XmlOut(OutputStream out, String root, String namespace) throws IOException {
        // Not the stream itself: the JDK's writer would break characters outside of the basic plane in two.
        writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        try {
            xml = FACTORY.createXMLStreamWriter(writer);
            xml.writeStartDocument("UTF-8", "1.0");
            newLine();
            xml.writeStartElement(root);
            xml.writeDefaultNamespace(namespace);
            blocks.push(true);
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n" + INDENT.repeat(blocks.size()));
    }

    /** Opens an element that begins a line. */
    public XmlOut block(String name) throws IOException {
        return start(name, true);
    }

    /** Opens elements, each in the one before it. */
    public XmlOut open(String... names) throws IOException {
        for (String name : names) {
            start(name, false);
        }
        return this;
    }

    private XmlOut start(String name, boolean isBlock) throws IOException {
        try {
            if (isBlock) {
                newLine();
            }
            lineEnded = false;
            xml.writeStartElement(name);
            blocks.push(isBlock);
            return this;
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /** Closes the elements opened last. */
    public XmlOut close(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            close();
        }
        return this;
    }

    public XmlOut close() throws IOException {
        try {
            boolean isBlock = blocks.pop();
            if (lineEnded) {
                newLine();
            }
            xml.writeEndElement();
            lineEnded = isBlock;
            return this;
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /** An element with a text; an empty text is an empty element. */
    public XmlOut text(String name, String text) throws IOException {
        return element(name, text, Optional.empty());
    }

    /** As {@link #text} in a line of its own. */
    public XmlOut line(String name, String text) throws IOException {
        block(name);
        return content(text).close();
    }

    /** An element with a text, or nothing where there is none. */
    public XmlOut optional(String name, Optional<String> text) throws IOException {
        return text.isPresent() ? text(name, text.get()) : this;
    }

    /** An element with one attribute. */
    public XmlOut text(String name, String text, String attribute, String value) throws IOException {
        return element(name, text, Optional.of(new Attribute(attribute, value)));
    }

    private record Attribute(String name, String value) {}

    private XmlOut element(String name, String text, Optional<Attribute> attribute) throws IOException {
        open(name);
        if (attribute.isPresent()) {
            try {
                xml.writeAttribute(attribute.get().name(), attribute.get().value());
            } catch (XMLStreamException e) {
                throw new IOException(e);
            }
        }
        return content(text).close();
    }

    private XmlOut content(String text) throws IOException {
        try {
            xml.writeCharacters(clean(text));
            return this;
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /** Without characters that no XML document may hold; a reader would refuse the whole file for one. */
    static String clean(String text) {
        if (text.codePoints().allMatch(XmlOut::isAllowed)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().map(c -> isAllowed(c) ? c : '?').forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isAllowed(int c) {
        return c == '\t' || c == '\n' || c >= ' ' && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
    }

    /** Closes the root and hands everything to the stream, which stays open. */
    public void end() throws IOException {
        close();
        try {
            xml.writeCharacters("\n");
            xml.flush();
            writer.flush();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }
}

package org.chargebridge.reporting;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.prowidesoftware.swift.model.mx.AbstractMX;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.SchemaOutputResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.Result;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What ISO 20022 says of a message, twice: by its published schemas, with the length and the form of every text and number,
 * and by Prowide's model, for the names and the order of the elements and the codes of the very version.
 *
 * <p>Not every schema comes with a library. Those of camt.053 and camt.054 are that of camt.052 of the same version but for a
 * few names near the top, which are changed here; that of pain.002 version 3 is the one of version 10, which takes whatever
 * version 3 takes. That these changes are right, the model says.
 */
public final class IsoSchema {

    private static final Pattern MESSAGE = Pattern.compile("Mx([A-Z][a-z]+)(\\d{3})(\\d{3})(\\d{2})");
    private static final Map<Class<?>, Schema> PUBLISHED = new ConcurrentHashMap<>();
    private static final Map<Class<?>, Schema> MODELLED = new ConcurrentHashMap<>();

    private IsoSchema() {}

    public static void assertValid(byte[] file, Class<? extends AbstractMX> message) {
        // The model's types have no namespace.
        String text = new String(file, StandardCharsets.UTF_8).replaceFirst(" xmlns=\"[^\"]*\"", "");
        try {
            validate(PUBLISHED.computeIfAbsent(message, IsoSchema::published), source(file));
            validate(MODELLED.computeIfAbsent(message, IsoSchema::modelled), source(text));
        } catch (SAXException | IOException e) {
            throw new AssertionError(e);
        }
        assertThat(leaves(file)).allSatisfy(each -> assertThat(each.getTextContent())
                .as(each.getLocalName())
                .isNotBlank());
    }

    private static void validate(Schema schema, Source file) throws SAXException, IOException {
        schema.newValidator().validate(file);
    }

    private static Source source(byte[] file) {
        return new StreamSource(new ByteArrayInputStream(file));
    }

    private static Source source(String text) {
        return new StreamSource(new StringReader(text));
    }

    private static Schema published(Class<?> message) {
        Matcher name = MESSAGE.matcher(message.getSimpleName());
        assertThat(name.matches()).as(message.getSimpleName()).isTrue();
        String area = name.group(1).toLowerCase(Locale.ROOT) + "." + name.group(2);
        String version = "." + name.group(3) + "." + name.group(4);
        return switch (area) {
            case "camt.053" ->
                schema(account(version, "Stmt", "BkToCstmrStmt")
                        .replace("camt.052", area)
                        .replace("minOccurs=\"0\" name=\"Bal\"", "minOccurs=\"1\" name=\"Bal\""));
            case "camt.054" ->
                schema(account(version, "Ntfctn", "BkToCstmrDbtCdtNtfctn")
                        .replace("camt.052", area)
                        .replaceFirst("<xs:element [^>]*name=\"Bal\"[^>]*/>", ""));
            case "pain.002" -> schema(resource("pain.002.001.10").replace("pain.002.001.10", area + version));
            default -> throw new AssertionError("no schema of " + area);
        };
    }

    private static String account(String version, String report, String message) {
        return resource("camt.052" + version)
                .replace("name=\"BkToCstmrAcctRpt\"", "name=\"" + message + "\"")
                .replace("name=\"Rpt\"", "name=\"" + report + "\"")
                .replace("name=\"RptPgntn\"", "name=\"" + report + "Pgntn\"")
                .replace("name=\"AddtlRptInf\"", "name=\"Addtl" + report + "Inf\"");
    }

    private static String resource(String name) {
        try (InputStream schema = IsoSchema.class.getResourceAsStream("/" + name + ".xsd")) {
            return new String(requireNonNull(schema, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Schema schema(String text) {
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(source(text));
        } catch (SAXException e) {
            throw new AssertionError(e);
        }
    }

    private static Schema modelled(Class<?> message) {
        Map<String, StringWriter> written = new HashMap<>();
        try {
            JAXBContext.newInstance(message).generateSchema(new SchemaOutputResolver() {
                @Override
                public Result createOutput(String namespace, String suggestedFile) {
                    StreamResult result =
                            new StreamResult(written.computeIfAbsent(namespace, any -> new StringWriter()));
                    result.setSystemId(suggestedFile);
                    return result;
                }
            });
        } catch (JAXBException | IOException e) {
            throw new AssertionError(e);
        }
        return schema(written.get("")
                .toString()
                .replace("</xs:schema>", "<xs:element name=\"Document\" type=\"Document\"/></xs:schema>"));
    }

    /** The elements that hold nothing but text. */
    private static List<Element> leaves(byte[] file) {
        try {
            NodeList all = DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(file))
                    .getElementsByTagNameNS("*", "*");
            return IntStream.range(0, all.getLength())
                    .mapToObj(i -> (Element) all.item(i))
                    .filter(each -> each.getElementsByTagNameNS("*", "*").getLength() == 0)
                    .toList();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(e);
        }
    }
}

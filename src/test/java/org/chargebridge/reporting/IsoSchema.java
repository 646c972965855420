package org.chargebridge.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.prowidesoftware.swift.model.mx.AbstractMX;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.SchemaOutputResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.Result;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The names and the order of a message's elements as Prowide's model of ISO 20022 has them, and how long texts may be. */
public final class IsoSchema {

    private static final Map<String, Integer> LENGTHS = Map.ofEntries(
            Map.entry("MsgId", 35),
            Map.entry("Id", 35),
            Map.entry("AcctSvcrRef", 35),
            Map.entry("EndToEndId", 35),
            Map.entry("MndtId", 35),
            Map.entry("NtryRef", 35),
            Map.entry("Cd", 35),
            Map.entry("Issr", 35),
            Map.entry("Nb", 35),
            Map.entry("Ref", 35),
            Map.entry("Prtry", 35),
            Map.entry("Ustrd", 140),
            Map.entry("AddtlRmtInf", 140),
            Map.entry("OrgnlMsgId", 35),
            Map.entry("OrgnlPmtInfId", 35),
            Map.entry("OrgnlEndToEndId", 35),
            Map.entry("StsId", 35),
            Map.entry("AddtlInf", 105),
            Map.entry("AddtlTxInf", 500),
            Map.entry("AddtlNtryInf", 500),
            Map.entry("AddtlNtfctnInf", 500),
            Map.entry("AddtlStmtInf", 500));
    private static final Map<Class<?>, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private IsoSchema() {}

    public static void assertValid(byte[] file, Class<? extends AbstractMX> message) {
        // The model's types have no namespace.
        String text = new String(file, StandardCharsets.UTF_8).replaceFirst(" xmlns=\"[^\"]*\"", "");
        try {
            SCHEMAS.computeIfAbsent(message, IsoSchema::schema)
                    .newValidator()
                    .validate(new StreamSource(new StringReader(text)));
        } catch (SAXException | IOException e) {
            throw new AssertionError(e);
        }
        assertThat(leaves(file)).allSatisfy(each -> assertThat(each.getTextContent())
                .as(each.getLocalName())
                .isNotBlank()
                .satisfies(content -> assertThat(content.length())
                        .isLessThanOrEqualTo(LENGTHS.getOrDefault(each.getLocalName(), Integer.MAX_VALUE))));
    }

    private static Schema schema(Class<?> message) {
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
            String types = written.get("")
                    .toString()
                    .replace("</xs:schema>", "<xs:element name=\"Document\" type=\"Document\"/></xs:schema>");
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(new StreamSource(new StringReader(types)));
        } catch (JAXBException | IOException | SAXException e) {
            throw new AssertionError(e);
        }
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

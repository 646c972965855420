package org.chargebridge.reporting.format;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class XmlOutTest {

    @Test
    void aCharacterThatNoXmlDocumentMayHoldBecomesAQuestionMark() {
        assertThat(XmlOut.clean("a\u0000b\u001Fc\uFFFEd\uFFFFe\uD800f")).isEqualTo("a?b?c?d?e?f");
    }

    @Test
    void allOthersStayAsTheyAre() {
        String text = "Strøm €\t\n \uD7FF\uE000\uFFFD\uD83D\uDE00";
        assertThat(XmlOut.clean(text)).isEqualTo(text);
    }

    @Property
    void noTextIsLongerOrShorterByIt(@ForAll String text) {
        String clean = XmlOut.clean(text);
        assertThat(clean.codePointCount(0, clean.length())).isEqualTo(text.codePointCount(0, text.length()));
    }
}

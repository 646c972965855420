package org.chargebridge.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    private static String printed(JsonNode answer) {
        StringWriter out = new StringWriter();
        Table.print(answer, new PrintWriter(out, true));
        return out.toString();
    }

    private static ObjectNode named(String name) {
        return JsonNodeFactory.instance.objectNode().put("name", name).put("id", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u001b", "\u0085", "\u009b", "\u2028"})
    void aFactHoldsNothingThatATerminalObeys(String hidden) {
        assertThat(printed(named("a" + hidden + "[2Jb"))).startsWith("name: a [2Jb\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u001b", "\u0085", "\u009b", "\u2028"})
    void aCellHoldsNothingThatATerminalObeys(String hidden) {
        JsonNode list = JsonNodeFactory.instance.arrayNode().add(named("a" + hidden + "[2Jb"));

        assertThat(printed(list)).contains("a [2Jb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202e", "\u2066"})
    void whatTurnsTheDirectionOfWritingIsShown(String hidden) {
        assertThat(printed(named("a" + hidden + "vsc.exe"))).startsWith("name: a?vsc.exe\n");
    }
}

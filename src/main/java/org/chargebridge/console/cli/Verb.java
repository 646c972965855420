package org.chargebridge.console.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What a group of verbs has in common: it asks the gateway, and prints what that answers. */
abstract class Verb {

    @ParentCommand
    CommandLineTool tool;

    @Spec
    CommandSpec command;

    /** Asks for something; parameters without a value are left out. */
    int get(String path, Map<String, ?> parameters) {
        return print(gateway().get(path, parameters));
    }

    /** Orders something. */
    int post(String path, Map<String, ?> body) {
        return print(gateway().post(path, body));
    }

    int send(String path, Map<String, ?> parameters, Path file) {
        return print(gateway().send(path, parameters, file));
    }

    int save(String path, Path target) {
        gateway().save(path, target);
        out().println(target + " was written.");
        return 0;
    }

    /** Asks, prints, and hands out the answer for a verb that decides by it how it ends. */
    JsonNode ask(String path, Map<String, ?> parameters) {
        JsonNode answer = gateway().get(path, parameters);
        print(answer);
        return answer;
    }

    private int print(JsonNode answer) {
        if (tool.json) {
            out().println(answer.toPrettyString());
        } else {
            Table.print(answer, out());
        }
        return 0;
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    private Gateway gateway() {
        return new Gateway(tool.url, tool.user, Optional.ofNullable(tool.passwordFile));
    }

    /** Names and values in turn. */
    static Map<String, Object> with(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                map.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return map;
    }
}

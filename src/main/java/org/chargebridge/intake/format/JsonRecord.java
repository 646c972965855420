package org.chargebridge.intake.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Detail;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;

/** Makes cells of a JSON object: one for each of our fields, by our names, by aliases, or by the channel's mapping. */
final class JsonRecord {

    private static final List<String> CONTROL_KEYS = List.of("control", "trailer");

    /** Half of a character, as an escape may give it: no text in the ledger can hold it. */
    private static final Pattern HALF = Pattern.compile("\\p{Cs}");

    private final Layout layout;
    private final Vocabulary vocabulary;
    private final Map<Column, String> mapping = new HashMap<>();

    /** The same by our headings: their keys go before every alias, and are none of another field. */
    private final Map<String, String> mapped;

    /** Records of one file mostly have the same keys, which are looked at once then. */
    private List<String> boundKeys = List.of();

    private Map<Column, Integer> bound = Map.of();
    private StatusFlags flags = StatusFlags.of(List.of(), Map.of());

    JsonRecord(Layout layout, Channel.Input input, Vocabulary vocabulary) {
        this.layout = layout;
        this.vocabulary = vocabulary;
        this.mapped = input.columns();
        for (Column column : vocabulary.columns()) {
            input.columns().forEach((name, theirs) -> {
                if (Folding.fold(name).equals(Folding.fold(column.heading()))) {
                    mapping.put(column, theirs);
                }
            });
        }
    }

    Layout layout() {
        return layout;
    }

    private Map<Column, Integer> bind(List<String> keys) throws FileRefused {
        Map<Column, Integer> columns = Layout.bind(keys, mapped, vocabulary);
        if (!mapping.containsKey(Column.AMOUNT)) {
            UnreadAmounts.refuse(keys, columns, mapped, vocabulary);
        }
        boundKeys = keys;
        bound = columns;
        flags = StatusFlags.of(keys, columns);
        return columns;
    }

    /** Reads one object; one whose keys of equal rank claim one field is malformed. */
    Entry entry(int position, JsonNode node, boolean finished) {
        if (!node.isObject()) {
            return malformed(position, node.toString(), Detail.NOT_A_JSON_OBJECT.of(), finished);
        }
        for (String key : CONTROL_KEYS) {
            if (node.size() == 1 && node.path(key).isObject()) {
                return trailer(position, node.get(key));
            }
        }
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        Map<Column, Integer> byAlias;
        try {
            byAlias = keys.equals(boundKeys) ? bound : bind(keys);
        } catch (FileRefused twoKeys) {
            List<String> names = twoKeys.reason().arguments();
            return malformed(
                    position, node.toString(), Detail.TWO_KEYS.of(names.get(0), names.get(1), names.get(2)), finished);
        }
        List<String> cells = new ArrayList<>();
        for (String heading : layout.header()) {
            Column column = Column.valueOf(heading.toUpperCase(java.util.Locale.ROOT));
            JsonNode value = mapping.containsKey(column)
                    ? at(node, mapping.get(column))
                    : byAlias.containsKey(column) ? node.get(keys.get(byAlias.get(column))) : null;
            if (value != null && value.isContainerNode()) {
                return malformed(position, value.toString(), Detail.NOT_A_SINGLE_VALUE.of(column.jsonName()), finished);
            }
            cells.add(text(value));
        }
        Integer status = layout.columns().get(Column.STATUS);
        if (status != null && cells.get(status).isEmpty()) {
            flags.raised(index -> node.get(keys.get(index)).asText(""))
                    .ifPresent(flag -> cells.set(status, flag.asStatus()));
        }
        Optional<String> array = arrayOf(node);
        if (array.isPresent() && cells.stream().allMatch(String::isEmpty)) {
            return malformed(position, node.toString(), Detail.RECORDS_IN_ARRAY.of(array.get()), finished);
        }
        return new Entry.Row(position, cells, Optional.empty(), finished);
    }

    /** The first key that holds an array: the answer of a service holds its records in one. */
    private static Optional<String> arrayOf(JsonNode node) {
        return node.properties().stream()
                .filter(property -> property.getValue().isArray())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Entry.Row malformed(int position, String text, String why, boolean finished) {
        return new Entry.Row(
                position,
                List.of(Cells.clean(text)),
                Optional.of(Reason.of(ReasonCode.RECORD_MALFORMED, position, why)),
                finished);
    }

    private static JsonNode at(JsonNode node, String pointerOrKey) {
        return pointerOrKey.startsWith("/") ? node.at(pointerOrKey) : node.get(pointerOrKey);
    }

    private Entry trailer(int position, JsonNode control) {
        JsonNode count = control.path("count");
        String sum = text(control.path("sum"));
        return count.isIntegralNumber() && count.canConvertToInt() && !sum.isEmpty()
                ? new Entry.Trailer(position, Optional.of(count.longValue()), Optional.of(sum), true)
                : new Entry.Trailer(position, Optional.empty(), Optional.empty(), false);
    }

    private String text(JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (!value.isNumber()) {
            return Cells.clean(HALF.matcher(value.asText()).replaceAll("\uFFFD"));
        }
        if (value.isIntegralNumber()) {
            return value.asText();
        }
        return PlainNumber.of(value.decimalValue())
                .replace('.', layout.decimalMark().orElse('.'));
    }
}

package org.chargebridge.reporting.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.chargebridge.charge.MinorUnits;

/** JSON Lines: an object a line, names in camel case, amounts as decimal text and as minor units. */
final class JsonRows implements RowWriter {

    private final JsonGenerator json;

    JsonRows(OutputStream out) throws IOException {
        json = JsonFactory.builder().build().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setRootValueSeparator(null);
    }

    @Override
    public void write(List<Field> row) throws IOException {
        json.writeStartObject();
        for (Field field : row) {
            write(field);
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void write(Field field) throws IOException {
        if (field.value() instanceof Field.Text text) {
            json.writeFieldName(field.property());
            if (text.text().isEmpty()) {
                json.writeNull();
            } else {
                json.writeString(text.text());
            }
        } else if (field.value() instanceof Field.Number number) {
            json.writeFieldName(field.property());
            if (number.number().isPresent()) {
                json.writeNumber(number.number().getAsLong());
            } else {
                json.writeNull();
            }
        } else if (field.value() instanceof Field.Amount amount) {
            write(field.property(), amount);
        }
    }

    private void write(String property, Field.Amount amount) throws IOException {
        if (amount.minor().isPresent()) {
            json.writeStringField(
                    property, MinorUnits.toDecimalString(amount.minor().getAsLong()));
            json.writeNumberField(property + "Minor", amount.minor().getAsLong());
        } else {
            json.writeNullField(property);
            json.writeNullField(property + "Minor");
        }
    }

    @Override
    public void flush() throws IOException {
        json.flush();
    }
}

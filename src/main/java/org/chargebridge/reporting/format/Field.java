package org.chargebridge.reporting.format;

import java.util.OptionalLong;
import org.chargebridge.charge.MinorUnits;

/**
 * One value of a row.
 *
 * @param column where a CSV file has it
 * @param property how a JSON object calls it
 */
public record Field(String column, String property, Value value) {

    /** What stands there. */
    public sealed interface Value {}

    /** @param text empty for nothing */
    public record Text(String text) implements Value {}

    public record Number(OptionalLong number) implements Value {}

    /** @param minor minor units; empty where none is known */
    public record Amount(OptionalLong minor) implements Value {}

    /** A text; empty stands for nothing. */
    public static Field text(String column, String text) {
        return new Field(column, camelCase(column), new Text(text));
    }

    public static Field number(String column, long number) {
        return number(column, OptionalLong.of(number));
    }

    public static Field number(String column, OptionalLong number) {
        return new Field(column, camelCase(column), new Number(number));
    }

    /** An amount in minor units, written with two decimals and a point. */
    public static Field amount(String column, long minor) {
        return amount(column, OptionalLong.of(minor));
    }

    public static Field amount(String column, OptionalLong minor) {
        return new Field(column, camelCase(column), new Amount(minor));
    }

    /** The same value under another name in JSON: a control row means other things by the columns of a line. */
    public Field named(String otherProperty) {
        return new Field(column, otherProperty, value);
    }

    /** As a CSV cell, before quoting. */
    String cell() {
        if (value instanceof Text text) {
            return CellGuard.guard(text.text());
        }
        if (value instanceof Number number) {
            return number.number().isPresent() ? Long.toString(number.number().getAsLong()) : "";
        }
        Amount amount = (Amount) value;
        return amount.minor().isPresent()
                ? MinorUnits.toDecimalString(amount.minor().getAsLong())
                : "";
    }

    static String camelCase(String column) {
        StringBuilder text = new StringBuilder(column.length());
        boolean upper = false;
        for (char c : column.toCharArray()) {
            if (c == '_') {
                upper = true;
            } else {
                text.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return text.toString();
    }
}

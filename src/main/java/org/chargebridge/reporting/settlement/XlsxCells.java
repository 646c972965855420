package org.chargebridge.reporting.settlement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import org.dhatim.fastexcel.Worksheet;

/** Fills a row of a sheet from left to right. */
final class XlsxCells {

    private static final String AMOUNT = "#,##0.00";
    private static final String DATE = "yyyy-mm-dd";
    private static final String TIME = "yyyy-mm-dd hh:mm:ss";

    private final Worksheet sheet;
    private int row;
    private int column;

    XlsxCells(Worksheet sheet) {
        this.sheet = sheet;
    }

    int row() {
        return row;
    }

    /** Goes to the beginning of the next row. */
    void next() {
        row++;
        column = 0;
    }

    /** A text cell, whatever the text looks like: a KID keeps its zeros, and nothing runs as a formula. */
    XlsxCells text(String text) {
        if (!text.isEmpty()) {
            // Shared strings would all stay in memory.
            sheet.inlineString(row, column, text);
        }
        column++;
        return this;
    }

    XlsxCells heading(String text) {
        sheet.inlineString(row, column, text);
        sheet.style(row, column).bold().set();
        column++;
        return this;
    }

    XlsxCells number(long number) {
        sheet.value(row, column, number);
        column++;
        return this;
    }

    XlsxCells amount(long minor) {
        return styled(BigDecimal.valueOf(minor, 2), AMOUNT);
    }

    XlsxCells date(LocalDate date) {
        sheet.value(row, column, date);
        return format(DATE);
    }

    XlsxCells date(Optional<LocalDate> date) {
        date.ifPresentOrElse(this::date, () -> column++);
        return this;
    }

    XlsxCells time(LocalDateTime time) {
        sheet.value(row, column, time);
        return format(TIME);
    }

    private XlsxCells styled(Number value, String format) {
        sheet.value(row, column, value);
        return format(format);
    }

    private XlsxCells format(String format) {
        sheet.style(row, column).format(format).set();
        column++;
        return this;
    }
}

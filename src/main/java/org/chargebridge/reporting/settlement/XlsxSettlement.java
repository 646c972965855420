package org.chargebridge.reporting.settlement;

import java.io.IOException;
import java.io.OutputStream;
import org.dhatim.fastexcel.Workbook;

/**
 * XLSX for people: a sheet that sums up, then the lines of each payout in a sheet of their own. A sheet is on its way
 * before the next one begins, so that memory does not grow.
 */
final class XlsxSettlement implements SettlementWriter {

    private static final String APPLICATION = "Chargebridge";
    /** What fastexcel packs is unpacked again at once. */
    private static final int FASTEST = 1;

    private final int rowsMax;

    XlsxSettlement(int rowsMax) {
        this.rowsMax = rowsMax;
    }

    @Override
    public void write(SettlementContent content, OutputStream out) throws IOException {
        SettlementHead head = content.head();
        DatedZip zip = new DatedZip(out, head.madeAt());
        try (Workbook workbook = new Workbook(zip, APPLICATION, null)) {
            workbook.setCompressionLevel(FASTEST);
            XlsxSummary.write(workbook, head, content.groups());
            XlsxLines lines = new XlsxLines(workbook, head.zone(), rowsMax);
            content.forEachLine(lines::write);
            lines.close();
        }
        zip.finish();
        out.flush();
    }
}

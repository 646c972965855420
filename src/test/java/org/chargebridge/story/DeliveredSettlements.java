package org.chargebridge.story;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settlement reports of one channel and kind of period, as they lie on its server, read by no code of ours. */
final class DeliveredSettlements {

    static final String OTHER = "other-channel";

    private static final Pattern NAME = Pattern.compile("settlement-[a-z]+-([a-z]+)-([0-9]+)-[0-9]{8}\\.csv");

    /** A report with its number. */
    record Report(String name, int number, List<NamedCsvRecord> rows) {

        /** What is booked. */
        List<NamedCsvRecord> lines() {
            return rows.stream()
                    .filter(row -> !row.getField("entry_type").equals("control"))
                    .toList();
        }

        NamedCsvRecord control(String remark) {
            return rows.stream()
                    .filter(row -> row.getField("entry_type").equals("control")
                            && row.getField("remark").equals(remark))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " has no " + remark));
        }
    }

    private final List<Report> reports;

    private DeliveredSettlements(List<Report> reports) {
        this.reports = reports;
    }

    static DeliveredSettlements in(Path directory, String period) {
        return new DeliveredSettlements(Surroundings.files(directory, "settlement-").stream()
                .filter(file -> name(file).matches() && name(file).group(1).equals(period))
                .map(file -> new Report(
                        file.getFileName().toString(),
                        Integer.parseInt(name(file).group(2)),
                        Rows.of(Surroundings.read(file)).all()))
                .sorted(Comparator.comparingInt(Report::number))
                .toList());
    }

    private static Matcher name(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        matcher.matches();
        return matcher;
    }

    List<Report> reports() {
        return reports;
    }

    /** What the channel books itself. */
    List<NamedCsvRecord> lines() {
        return reports.stream()
                .flatMap(report -> report.lines().stream())
                .filter(line -> !line.getField("entry_type").equals(OTHER))
                .toList();
    }

    /** Sums of lines by payout, of what the channel books itself or of what it says of others. */
    Map<String, Long> byPayout(boolean others) {
        return reports.stream()
                .flatMap(report -> report.lines().stream())
                .filter(line -> line.getField("entry_type").equals(OTHER) == others)
                .collect(Collectors.groupingBy(
                        line -> line.getField("payout_id"),
                        TreeMap::new,
                        Collectors.summingLong(DeliveredSettlements::minor)));
    }

    static long minor(NamedCsvRecord row) {
        return new BigDecimal(row.getField("net")).movePointRight(2).longValueExact();
    }
}

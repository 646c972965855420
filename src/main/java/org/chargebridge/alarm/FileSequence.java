package org.chargebridge.alarm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is out of sequence among names of files in the order in which they came. A number that begins again at 0 or 1 is a
 * new series, as ERPs do it at a new year.
 *
 * @param missing numbers, a row of them as {@code 5-7}
 * @param repeated numbers that came twice
 */
record FileSequence(List<String> missing, List<String> repeated) {

    /** More in a row are another numbering and no gap. */
    private static final int GAP_MAX = 1_000;

    static FileSequence of(Pattern pattern, List<String> names) {
        TreeSet<BigInteger> missing = new TreeSet<>();
        TreeSet<BigInteger> repeated = new TreeSet<>();
        TreeSet<BigInteger> seen = new TreeSet<>();
        for (String name : names) {
            Matcher matcher = pattern.matcher(name);
            if (!matcher.matches() || !matcher.group(1).matches("[0-9]{1,18}")) {
                continue;
            }
            BigInteger number = new BigInteger(matcher.group(1));
            if (!seen.isEmpty() && number.compareTo(seen.last()) < 0 && number.compareTo(BigInteger.ONE) <= 0) {
                seen.clear();
            } else if (!seen.isEmpty() && number.compareTo(seen.last()) > 0) {
                gap(seen.last(), number, missing);
            } else if (!missing.remove(number) && seen.contains(number)) {
                repeated.add(number);
            }
            seen.add(number);
        }
        return new FileSequence(
                rows(missing), repeated.stream().map(BigInteger::toString).toList());
    }

    private static void gap(BigInteger last, BigInteger next, TreeSet<BigInteger> missing) {
        if (next.subtract(last).compareTo(BigInteger.valueOf(GAP_MAX)) <= 0) {
            for (BigInteger n = last.add(BigInteger.ONE); n.compareTo(next) < 0; n = n.add(BigInteger.ONE)) {
                missing.add(n);
            }
        }
    }

    private static List<String> rows(TreeSet<BigInteger> numbers) {
        List<String> rows = new ArrayList<>();
        BigInteger first = null;
        BigInteger last = null;
        for (BigInteger number : numbers) {
            if (last != null && !number.equals(last.add(BigInteger.ONE))) {
                rows.add(row(first, last));
                first = number;
            }
            first = first == null ? number : first;
            last = number;
        }
        if (first != null) {
            rows.add(row(first, last));
        }
        return rows;
    }

    private static String row(BigInteger first, BigInteger last) {
        return first.equals(last) ? first.toString() : first + "-" + last;
    }
}

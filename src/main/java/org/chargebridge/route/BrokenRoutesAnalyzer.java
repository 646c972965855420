package org.chargebridge.route;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Tells an edit in {@code routes/} that Camel or our own checks refuse: file, line where it is known, and what is wrong. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
public final class BrokenRoutesAnalyzer extends AbstractFailureAnalyzer<Exception> {

    private static final Pattern FILE = Pattern.compile("[^\\s\"'()\\[\\]]*\\.camel\\.yaml");
    private static final Pattern LINE = Pattern.compile("line (\\d+)");
    private static final Pattern ROUTE = Pattern.compile("route:? ([a-z][A-Za-z0-9.-]*)");
    private static final int MESSAGE_MAX = 600;

    @Override
    protected FailureAnalysis analyze(Throwable failure, Exception cause) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = failure; next != null && !chain.contains(next); next = next.getCause()) {
            if (next instanceof BrokenRoutesException broken) {
                return new FailureAnalysis(broken.getMessage(), null, broken);
            }
            chain.add(next);
        }
        boolean camel = chain.stream().anyMatch(BrokenRoutesAnalyzer::isOfCamel);
        return camel ? new FailureAnalysis(describe(chain), null, failure) : null;
    }

    /** Whether an edit in {@code routes/} is to blame for a start that failed with these causes. */
    public static boolean isToBlame(List<Throwable> chain) {
        return chain.stream().anyMatch(cause -> cause instanceof BrokenRoutesException || isOfCamel(cause));
    }

    private static boolean isOfCamel(Throwable cause) {
        String type = cause.getClass().getName();
        boolean route = type.startsWith("org.apache.camel.") || type.startsWith("org.snakeyaml.engine.");
        return route && !type.contains("NoSuchBean") || type.contains("org.apache.camel.NoSuchBeanException");
    }

    private static String describe(List<Throwable> chain) {
        StringBuilder all = new StringBuilder();
        chain.forEach(cause -> all.append(cause.getMessage()).append('\n'));
        Matcher file = FILE.matcher(all);
        Matcher route = ROUTE.matcher(all);
        String where = file.find()
                ? file.group().replaceFirst("^file:", "")
                : route.find() ? "routes/" + RouteName.of(route.group(1)).route() + ".camel.yaml" : "routes/";
        // A parser names where it began first, and where it failed last.
        String at = LINE.matcher(all)
                .results()
                .reduce((first, last) -> last)
                .map(line -> ", line " + line.group(1))
                .orElse("");
        Throwable root = chain.get(chain.size() - 1);
        return where + at + ": " + oneLine(root.getMessage() == null ? root.toString() : root.getMessage())
                + ". Undo the edit, or correct it.";
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip().replaceAll("\\.$", "");
        return line.length() <= MESSAGE_MAX ? line : line.substring(0, MESSAGE_MAX - 3) + "...";
    }
}

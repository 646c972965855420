package org.chargebridge.settings;

import java.io.PrintStream;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Tells why the gateway cannot start, in plain lines on the error output and without a stack trace. */
public final class FailureLines implements FailureAnalysisReporter {

    private final PrintStream out;

    public FailureLines() {
        this(System.err);
    }

    FailureLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void report(FailureAnalysis analysis) {
        out.println("Chargebridge cannot start:");
        print(analysis.getDescription());
        print(analysis.getAction());
        out.flush();
    }

    private void print(String text) {
        if (text != null) {
            text.lines().filter(line -> !line.isBlank()).forEach(line -> out.println("  " + line.strip()));
        }
    }
}

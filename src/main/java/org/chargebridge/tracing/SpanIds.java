package org.chargebridge.tracing;

import java.nio.charset.StandardCharsets;
import org.chargebridge.charge.Sha256;
import org.chargebridge.ledger.TracedSteps.Kind;
import org.chargebridge.ledger.TracedSteps.Step;

/**
 * Ids of traces and spans, made of what they are about: every node and every restart gives the same, so that what is
 * handed over twice is there once, and whoever knows a file's hash knows its trace.
 */
final class SpanIds {

    private static final int TRACE_ID = 32;
    private static final int SPAN_ID = 16;

    private SpanIds() {}

    /** One for each file of a channel. */
    static String trace(Step step) {
        return hash("trace\n" + step.channel() + "\n" + step.sha256(), TRACE_ID);
    }

    /** One for each step of a file. */
    static String span(Step step) {
        return span(step, step.kind(), step.kind() == Kind.INTAKE ? "" : String.valueOf(step.id()));
    }

    /** The span that all others of a file belong to. */
    static String root(Step step) {
        return span(step, Kind.INTAKE, "");
    }

    private static String span(Step step, Kind kind, String id) {
        return hash("span\n" + step.channel() + "\n" + step.sha256() + "\n" + kind + "\n" + id, SPAN_ID);
    }

    private static String hash(String text, int length) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, length);
    }
}

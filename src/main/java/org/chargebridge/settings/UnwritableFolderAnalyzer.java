package org.chargebridge.settings;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * One line for a file in the data directory or the temporary folder that cannot be made, written or deleted, for example one
 * that another user left there.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class UnwritableFolderAnalyzer extends AbstractFailureAnalyzer<FileSystemException> {

    private final Environment environment;

    public UnwritableFolderAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable failure, FileSystemException cause) {
        if (cause.getFile() == null) {
            return null;
        }
        Path file = Path.of(cause.getFile());
        for (String property : List.of(ValueChecks.DATA, ValueChecks.TEMPORARY)) {
            String folder = environment
                    .getProperty(property, property.equals(ValueChecks.DATA) ? "data" : "")
                    .strip();
            if (file.toAbsolutePath().startsWith(Path.of(folder).toAbsolutePath())) {
                return new FailureAnalysis(
                        property + " = " + folder + ": " + file + " cannot be made, written or deleted (" + why(cause)
                                + "). Give it to the user that runs Chargebridge, make room there, or set another folder.",
                        null,
                        cause);
            }
        }
        return null;
    }

    /** What the system said, or else what the exception is called: access denied. */
    private static String why(FileSystemException cause) {
        return cause.getReason() != null
                ? cause.getReason()
                : cause.getClass()
                        .getSimpleName()
                        .replace("Exception", "")
                        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                        .toLowerCase(Locale.ROOT);
    }
}

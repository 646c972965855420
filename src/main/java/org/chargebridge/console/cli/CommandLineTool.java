package org.chargebridge.console.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * {@code chargebridge <what> <verb>}: what the operator's pages show and do, from a shell. Whatever fails is told in a
 * sentence, and has an exit code of its own, so that scripts know what to do.
 */
@Command(
        name = "chargebridge",
        description = "Asks and orders a running gateway, as its pages do.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = CommandLineTool.Version.class,
        subcommands = {
            CommandLine.HelpCommand.class,
            OverviewCommand.class,
            FilesCommand.class,
            ChargesCommand.class,
            DeadLettersCommand.class,
            BulkCommand.class,
            ApprovalsCommand.class,
            ReportsCommand.class,
            RoutesCommand.class,
            AuditCommand.class,
            EraseCommand.class
        },
        footer = {
            "",
            "The password is read from a file or from CHARGEBRIDGE_PASSWORD, or is asked for.",
            "Exit codes: 0 done, 1 refused by the gateway, 2 not understood or no login given, 3 gateway not reached,",
            "4 wrong user or password, 5 your role may not, 6 there is no such thing, 7 the gateway failed,",
            "8 its certificate is not trusted, 9 this command failed in itself."
        })
public final class CommandLineTool {

    private static final Set<String> OPTIONS =
            Set.of("--help", "--version", "--url", "--user", "--password-file", "--json");

    /** What Java takes for a letter that the locale does not know. */
    private static final char UNREADABLE = '\uFFFD';

    static final int REFUSED = 1;
    static final int NOT_UNDERSTOOD = 2;
    static final int NOT_REACHED = 3;
    static final int LOGIN_REFUSED = 4;
    static final int NOT_ALLOWED = 5;
    static final int NOT_THERE = 6;
    static final int GATEWAY_FAILED = 7;
    static final int NOT_TRUSTED = 8;
    static final int FAILED_HERE = 9;

    /** The version of the jar it came with. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = CommandLineTool.class.getPackage().getImplementationVersion();
            return new String[] {"chargebridge " + (version == null ? "(from sources)" : version)};
        }
    }

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "<address>",
            description = "Of the gateway; default: CHARGEBRIDGE_URL, else http://127.0.0.1:8080")
    String url = environment("CHARGEBRIDGE_URL", "http://127.0.0.1:8080");

    @Option(names = "--user", scope = ScopeType.INHERIT, description = "To log in with; default: CHARGEBRIDGE_USER")
    String user = environment("CHARGEBRIDGE_USER", "");

    @Option(
            names = "--password-file",
            scope = ScopeType.INHERIT,
            paramLabel = "<file>",
            description = "Whose first line is the password; default: CHARGEBRIDGE_PASSWORD")
    Path passwordFile;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the answer as it came, for programs")
    boolean json;

    private static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    private CommandLineTool() {}

    /**
     * Whether arguments are a command, rather than settings ({@code --name=value}) to start the gateway with. Whatever is
     * no setting is one: a command that is misspelt, or stands behind its options, must start no second gateway.
     */
    public static boolean isMeant(String... arguments) {
        return Arrays.stream(arguments).anyMatch(CommandLineTool::isNoSetting);
    }

    private static boolean isNoSetting(String argument) {
        return !argument.startsWith("--") || OPTIONS.contains(argument.replaceFirst("=.*", ""));
    }

    /**
     * What a command writes to, in the letters of the shell; where that has no locale, as under cron, in UTF-8: file names
     * and reasons would lose all letters but those of English.
     *
     * @param encoding the name of the system property that says how the shell writes, which Java 17 has not
     */
    public static PrintWriter writer(PrintStream stream, String encoding) {
        Charset shell = Optional.ofNullable(System.getProperty(encoding))
                .map(Charset::forName)
                .orElse(Charset.defaultCharset());
        return new PrintWriter(new OutputStreamWriter(stream, shell.equals(US_ASCII) ? UTF_8 : shell), true);
    }

    /** Runs a command; returns the code to exit with. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        if (Arrays.stream(arguments).anyMatch(argument -> argument.indexOf(UNREADABLE) >= 0)) {
            err.println("An argument holds letters that this shell's locale does not know, and that would be lost. Set"
                    + " one that knows them, such as LC_ALL=C.UTF-8.");
            err.flush();
            return NOT_UNDERSTOOD;
        }
        CommandLine tool = tool();
        tool.setOut(out);
        tool.setErr(err);
        tool.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof GatewayException told) {
                command.getErr().println(Table.line(told.getMessage()));
                return told.exitCode();
            }
            command.getErr()
                    .println("This command failed in itself (" + failure + "). Please report it with what you wrote.");
            return FAILED_HERE;
        });
        int code = tool.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    private static CommandLine tool() {
        return new CommandLine(new CommandLineTool());
    }
}

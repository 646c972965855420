package org.chargebridge.settings;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.SettingProblem;
import org.chargebridge.intake.format.Column;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.unit.DataSize;

/** What is wrong with settings whatever room they are of: values that nothing gives, places that cannot be used. */
final class ValueChecks {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^:{}]+)}");
    static final String DATA = "chargebridge.data-directory";
    static final String TEMPORARY = "java.io.tmpdir";
    private static final DataSize ROOM = DataSize.ofMegabytes(10);
    private static final int PROBE_BYTES = 4096;
    private static final String PORT = "management.server.port";

    private final ConfigurableEnvironment environment;

    ValueChecks(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** Settings that name a variable which nothing sets: its name would be taken for a password. */
    List<SettingProblem> unsetVariables() {
        Map<String, String> values = new TreeMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> listed) {
                for (String name : listed.getPropertyNames()) {
                    if (isOurs(name)) {
                        values.putIfAbsent(name, String.valueOf(listed.getProperty(name)));
                    }
                }
            }
        }
        List<SettingProblem> problems = new ArrayList<>();
        values.values().removeIf(this::isWhole);
        values.forEach((name, value) -> VARIABLE.matcher(value)
                .results()
                .map(variable -> variable.group(1))
                .filter(variable -> !environment.containsProperty(variable))
                .findFirst()
                .ifPresent(variable -> problems.add(new SettingProblem(
                        name,
                        Optional.empty(),
                        "names ${" + variable + "}, which is not set",
                        "Set the environment variable " + variable + " for Chargebridge, or correct its name."))));
        return problems;
    }

    private boolean isWhole(String value) {
        try {
            environment.resolveRequiredPlaceholders(value);
            return true;
        } catch (IllegalArgumentException unset) {
            return false;
        }
    }

    private static boolean isOurs(String name) {
        return name.startsWith("chargebridge.") || name.startsWith("spring.datasource.");
    }

    /** The data directory and the temporary folder, where they cannot be made or written to. */
    List<SettingProblem> folders() {
        List<SettingProblem> problems = new ArrayList<>();
        dataDirectory().ifPresent(problems::add);
        Path temporary = Path.of(environment.getProperty(TEMPORARY, ""));
        if (!isWritable(temporary)) {
            problems.add(SettingProblem.wrong(
                    TEMPORARY,
                    temporary.toString(),
                    "the folder for temporary files is not there, or cannot be written to",
                    "Make it, give the user that runs Chargebridge the right to write there, make room, or name another to"
                            + " Java with -D" + TEMPORARY + "=<folder>."));
        }
        return problems;
    }

    /** A data directory that cannot be made or written to, or has no room left. */
    private Optional<SettingProblem> dataDirectory() {
        Path directory = Path.of(environment.getProperty(DATA, "data").strip());
        try {
            if (!Files.isDirectory(directory)) {
                // It takes a link to a directory for something else.
                Files.createDirectories(directory);
            }
            FileStore disk = Files.getFileStore(directory);
            if (disk.getUsableSpace() < ROOM.toBytes()) {
                return Optional.of(SettingProblem.wrong(
                        DATA,
                        directory.toString(),
                        "lies on the file system " + disk + ", which has "
                                + DataSize.ofBytes(disk.getUsableSpace()).toMegabytes()
                                + " MB left, and a start needs " + ROOM.toMegabytes() + " MB",
                        "Make room there, or set another directory."));
            }
            // What space is left does not tell of quotas, of used up inodes, or of a disk that was mounted to be read.
            Path probe = Files.createTempFile(directory, "start-", ".probe");
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.delete(probe);
            }
            return Optional.empty();
        } catch (IOException unusable) {
            return Optional.of(SettingProblem.wrong(
                    DATA,
                    directory.toString(),
                    "cannot be made, or not be written to (" + said(unusable) + ")",
                    "Give the user that runs Chargebridge the right to, or set another directory."));
        }
    }

    /** Tried, for rights alone do not tell of a disk that takes nothing. */
    private static boolean isWritable(Path directory) {
        try {
            Files.delete(Files.createTempFile(directory, "chargebridge-", ".try"));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** The system's own words, without the path before them. */
    private static String said(IOException failure) {
        String words = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return words == null ? failure.getClass().getSimpleName() : words;
    }

    /** Columns of a channel that no field is called. */
    static List<SettingProblem> columns(Channel channel) {
        return channel.input().columns().keySet().stream()
                .filter(name -> Arrays.stream(Column.values())
                        .noneMatch(column -> plain(column.heading()).equals(plain(name))))
                .sorted()
                .map(name -> new SettingProblem(
                        "chargebridge.channels." + channel.name() + ".csv.columns." + name,
                        Optional.empty(),
                        "is no field of an invoice",
                        "Write one of docs/file-formats.md before the colon and your file's heading behind it, for example"
                                + " invoice_number: Bilag."))
                .toList();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** One port for both, which cannot be. */
    Optional<SettingProblem> samePorts() {
        String management = environment.getProperty(PORT, "").strip();
        return management.isEmpty()
                        || management.equals("0")
                        || !management.equals(
                                environment.getProperty("server.port", "").strip())
                ? Optional.empty()
                : Optional.of(SettingProblem.wrong(
                        PORT, management, "is server.port, too", "Give health and metrics a port of their own."));
    }
}

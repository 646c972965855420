package org.chargebridge.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.Environment;

/** Where the route files are: {@code camel.main.routes-include-pattern}. */
public final class RoutePattern {

    static final String PROPERTY = "camel.main.routes-include-pattern";
    private static final String FILE = "file:";

    private RoutePattern() {}

    /** The folders that must exist. */
    static List<Path> folders(Environment environment) {
        return patterns(environment).stream().map(RoutePattern::folder).toList();
    }

    /**
     * The files themselves, by name.
     *
     * @throws UncheckedIOException where a folder cannot be listed
     */
    public static List<Path> files(Environment environment) {
        List<Path> files = new ArrayList<>();
        for (Path pattern : patterns(environment)) {
            if (Files.isDirectory(folder(pattern))) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(
                        folder(pattern), pattern.getFileName().toString())) {
                    found.forEach(files::add);
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            }
        }
        return files.stream().sorted().toList();
    }

    /**
     * The setting with the places that links lead to: whoever looks for the files does not follow a link to their folder.
     *
     * @throws UncheckedIOException where a link leads nowhere
     */
    static String withoutLinks(Environment environment) {
        List<String> patterns = new ArrayList<>();
        for (String pattern : environment.getProperty(PROPERTY, "").split(",")) {
            Path place = Path.of(pattern.strip().replaceFirst("^" + FILE, ""));
            if (pattern.strip().startsWith(FILE) && isLinked(folder(place))) {
                patterns.add(FILE + real(folder(place)).resolve(place.getFileName()));
            } else {
                patterns.add(pattern);
            }
        }
        return String.join(",", patterns);
    }

    private static boolean isLinked(Path folder) {
        return !real(folder).equals(folder.toAbsolutePath().normalize());
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static List<Path> patterns(Environment environment) {
        List<Path> patterns = new ArrayList<>();
        for (String pattern : environment.getProperty(PROPERTY, "").split(",")) {
            if (pattern.strip().startsWith(FILE)) {
                patterns.add(Path.of(pattern.strip().substring(FILE.length())));
            }
        }
        return patterns;
    }

    private static Path folder(Path pattern) {
        return pattern.getParent() == null ? Path.of("") : pattern.getParent();
    }
}

package org.chargebridge.route;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** All files of {@code routes/} together, checked for names that nobody answers to. */
final class RouteFiles {

    private final List<RouteFile> files;

    private RouteFiles(List<RouteFile> files) {
        this.files = files;
    }

    /** @throws BrokenRoutesException where one of them is not YAML */
    static RouteFiles read(List<Path> paths) throws IOException {
        List<RouteFile> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(RouteFile.read(path));
        }
        return new RouteFiles(files);
    }

    List<RouteFile> all() {
        return files;
    }

    /** What does not fit together: each problem with file, line and remedy. */
    List<String> problems(Predicate<String> beanExists) {
        List<String> problems = new ArrayList<>();
        Set<String> inputs = new HashSet<>();
        files.forEach(file -> file.directInputs().forEach(input -> inputs.add(input.name())));
        for (RouteFile file : files) {
            for (RouteFile.Reference target : file.directTargets()) {
                if (!inputs.contains(target.name())) {
                    problems.add(file.path() + ", line " + target.line() + ": no route begins with direct:"
                            + target.name() + ". Correct the name, or add the route.");
                }
            }
            for (RouteFile.Reference bean : file.beans()) {
                if (!beanExists.test(bean.name())) {
                    problems.add(file.path() + ", line " + bean.line() + ": there is no bean named " + bean.name()
                            + ". Correct the name.");
                }
            }
            String id = file.path().getFileName().toString().replace(".camel.yaml", "");
            if (file.definitions().stream()
                    .noneMatch(definition -> definition.name().equals(id))) {
                problems.add(file.path() + ": no route in it has the id " + id
                        + ". Name the file after its route, so that both can be found.");
            }
        }
        return problems;
    }
}

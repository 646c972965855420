package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;

/**
 * What a route calls is one method and no other. Between two of a name that are not private Camel chooses as it finds them, which is
 * not the same in every process, and gives the wrong one nothing.
 */
class BeanMethodsTest {

    private static final Pattern CALL =
            Pattern.compile("ref: (\\w+)\\s+method: (\\w+)(\\((.*)\\))?[ \\t]*$", Pattern.MULTILINE);
    private static final Map<String, Class<?>> BEANS = beans();

    private static Map<String, Class<?>> beans() {
        Map<String, Class<?>> beans = new HashMap<>();
        new ClassPathScanningCandidateComponentProvider(true)
                .findCandidateComponents("org.chargebridge")
                .forEach(found -> {
                    String name = AnnotationBeanNameGenerator.INSTANCE.generateBeanName(
                            found, new SimpleBeanDefinitionRegistry());
                    try {
                        beans.put(name, Class.forName(found.getBeanClassName()));
                    } catch (ClassNotFoundException e) {
                        throw new IllegalStateException(e);
                    }
                });
        return beans;
    }

    static List<String> calls() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.flatMap(BeanMethodsTest::callsOf).distinct().sorted().toList();
        }
    }

    private static Stream<String> callsOf(Path file) {
        try {
            return CALL.matcher(Files.readString(file)).results().map(call -> call.group());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aCallOfARouteMeansOneMethod(String text) {
        Matcher call = CALL.matcher(text);
        assertThat(call.matches()).isTrue();
        assertThat(BEANS).containsKey(call.group(1));

        List<Method> methods = Arrays.stream(BEANS.get(call.group(1)).getDeclaredMethods())
                .filter(method -> method.getName().equals(call.group(2)) && !method.isSynthetic())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                .filter(method -> call.group(3) == null || method.getParameterCount() == arguments(call.group(4)))
                .toList();

        assertThat(methods).as(text).hasSize(1);
    }

    private static int arguments(String list) {
        return list.isBlank() ? 0 : list.split(",").length;
    }
}

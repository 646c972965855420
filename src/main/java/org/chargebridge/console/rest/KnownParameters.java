package org.chargebridge.console.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/** Refuses a parameter that nobody reads, as a field of a body is: a misspelt filter would be answered with the whole list. */
class KnownParameters implements HandlerInterceptor {

    private static final DefaultParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    /** @throws ResponseStatusException 400 naming the first such parameter, and those there are */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getPackage() == getClass().getPackage()) {
            SortedSet<String> known = known(method);
            asked(request).filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
                throw new ResponseStatusException(HttpStatus.BAD_REQUEST, told(name, known));
            });
        }
        return true;
    }

    /** Those of the address; a form in the body is refused as such. */
    private static Stream<String> asked(HttpServletRequest request) {
        return UriComponentsBuilder.newInstance()
                .query(request.getQueryString())
                .build()
                .getQueryParams()
                .keySet()
                .stream();
    }

    private static SortedSet<String> known(HandlerMethod method) {
        SortedSet<String> names = new TreeSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            parameter.initParameterNameDiscovery(NAMES);
            if (parameter.hasParameterAnnotation(RequestParam.class)) {
                names.add(parameter.getParameterName());
            } else if (parameter.hasParameterAnnotation(ModelAttribute.class)) {
                fields(parameter.getParameterType()).forEach(names::add);
            }
        }
        return names;
    }

    private static Stream<String> fields(Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName);
    }

    private static String told(String name, SortedSet<String> known) {
        return "There is no parameter " + name + " here; "
                + (known.isEmpty() ? "there are none." : "there are " + String.join(", ", known) + ".");
    }
}

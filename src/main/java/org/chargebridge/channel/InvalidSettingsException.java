package org.chargebridge.channel;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; every problem is listed, so that one round of mending is enough. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<SettingProblem> problems;

    /** @param problems at least one */
    public InvalidSettingsException(List<SettingProblem> problems) {
        super(problems.stream().map(SettingProblem::line).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public List<SettingProblem> problems() {
        return problems;
    }
}

package org.chargebridge.charge;

import java.util.List;

/**
 * Why a line, file or charge was answered as it was; the texts stand in the language bundles under the code.
 *
 * @param code what happened
 * @param arguments what the text names: field, value (masked where it is personal), limit, remedy
 */
public record Reason(ReasonCode code, List<String> arguments) {

    public Reason {
        arguments = List.copyOf(arguments);
    }

    public static Reason of(ReasonCode code, Object... arguments) {
        return new Reason(
                code, java.util.Arrays.stream(arguments).map(String::valueOf).toList());
    }
}

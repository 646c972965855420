package org.chargebridge.submission;

import java.time.Duration;

/** How long a sales unit rests after requests that failed in a row; {@code docs/answers.md} says why so long. */
final class BackOff {

    private BackOff() {}

    /** The API takes a key twice a minute: soon once, then longer than its minute, each time longer. */
    static Duration afterNoAnswer(int failures) {
        return switch (failures) {
            case 0, 1 -> Duration.ofSeconds(5);
            case 2 -> Duration.ofSeconds(65);
            case 3 -> Duration.ofSeconds(130);
            default -> Duration.ofSeconds(240);
        };
    }

    /** Nothing reached the API, so none of its limits asks for patience. */
    static Duration afterNothingSent(int failures) {
        return switch (failures) {
            case 0, 1 -> Duration.ofSeconds(1);
            case 2 -> Duration.ofSeconds(2);
            case 3 -> Duration.ofSeconds(5);
            case 4 -> Duration.ofSeconds(10);
            case 5 -> Duration.ofSeconds(20);
            default -> Duration.ofSeconds(30);
        };
    }
}

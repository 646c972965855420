package org.chargebridge.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chargebridge.console.Reasons;
import org.chargebridge.retention.Erasure;
import org.chargebridge.retention.Erasures;
import org.chargebridge.retention.Person;
import org.chargebridge.security.Allowed;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /operator/erasures}: the person stands in the body, for addresses are logged on their way. */
@RestController
@RequestMapping("/operator/erasures")
@Tag(name = "erasures", description = "Erasing a person, but for what bookkeeping has to keep")
class ErasuresController {

    /** Whom to erase: exactly one of the three. */
    record Wish(
            String customerNumber,
            @Schema(description = "With its country code, as 4791234567") String phoneNumber,
            String agreementId,
            @Schema(description = "The channel whose customer it is") String channel,
            @Schema(description = "Why, for the audit trail; must not name the person") String reason) {

        Optional<Person> person() {
            List<Person> named = Stream.of(
                            known(Person.By.CUSTOMER_NUMBER, customerNumber),
                            known(Person.By.PHONE_NUMBER, phoneNumber),
                            known(Person.By.AGREEMENT_ID, agreementId))
                    .flatMap(Optional::stream)
                    .toList();
            return named.size() == 1 && channel != null ? Optional.of(named.get(0)) : Optional.empty();
        }

        private Optional<Person> known(Person.By by, String value) {
            return value == null || value.isBlank() || channel == null
                    ? Optional.empty()
                    : Optional.of(new Person(by, value, channel));
        }
    }

    private final Erasures erasures;

    ErasuresController(Erasures erasures) {
        this.erasures = erasures;
    }

    @PostMapping("/preview")
    @Allowed.ToAdmins
    @Operation(summary = "Tells what would be erased, or why nothing can be")
    ResponseEntity<Object> preview(@RequestBody Wish wish) {
        return wish.person().map(person -> told(erasures.preview(person))).orElseGet(ErasuresController::unclear);
    }

    @PostMapping
    @Allowed.ToAdmins
    @Operation(summary = "Erases a person; what is bookkeeping stays, and the answer says what")
    ResponseEntity<Object> erase(@RequestBody Wish wish, Authentication login) {
        String reason = Reasons.of(wish.reason());
        return wish.person()
                .map(person -> Reasons.fault(reason, true)
                        .map(Answers::of)
                        .orElseGet(() -> told(erasures.erase(person, login.getName(), reason))))
                .orElseGet(ErasuresController::unclear);
    }

    private static ResponseEntity<Object> unclear() {
        return Answers.problem(
                HttpStatus.BAD_REQUEST,
                "Name one person by customerNumber, phoneNumber or agreementId, and the channel whose customer it is.");
    }

    private static ResponseEntity<Object> told(Erasure erasure) {
        if (erasure instanceof Erasure.Unknown) {
            return Answers.problem(HttpStatus.NOT_FOUND, erasure.message());
        }
        return erasure instanceof Erasure.Refused
                ? Answers.problem(HttpStatus.CONFLICT, erasure.message())
                : Answers.good(HttpStatus.OK, erasure.message());
    }
}

package org.chargebridge.recurring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {

    /** All that a key is made of. */
    record Request(
            char operation,
            String msn,
            String method,
            String path,
            String body,
            Optional<String> identity,
            int number) {

        String key() {
            return IdempotencyKey.of(operation, msn, method, path, body.getBytes(UTF_8), identity, number)
                    .value();
        }
    }

    private static final Request EXAMPLE = new Request(
            'c', "123456", "POST", "/recurring/v3/agreements/charges", "[{\"amount\":100}]", Optional.empty(), 0);

    @Test
    void theKeyOfARequestNeverChangesFromOneVersionToTheNext() {
        assertThat(EXAMPLE.key()).isEqualTo("c-voj6op56b5lraifj2ptlalht6256ahkf5qvi22");
    }

    @Property
    void aKeyIsAPureFunctionWithinWhatTheApiTakes(
            @ForAll @CharRange(from = 'a', to = 'z') char operation,
            @ForAll String msn,
            @ForAll String path,
            @ForAll byte[] body,
            @ForAll Optional<String> identity,
            @ForAll int correction) {
        IdempotencyKey key = IdempotencyKey.of(operation, msn, "POST", path, body, identity, correction);
        assertThat(key).isEqualTo(IdempotencyKey.of(operation, msn, "POST", path, body.clone(), identity, correction));
        assertThat(key.value()).hasSize(40).matches("[a-z]-[a-z2-7]{38}");
    }

    @Property
    void requestsThatDifferInAnythingHaveDifferentKeys(@ForAll("parts") List<List<String>> requests) {
        List<String> one = requests.get(0);
        List<String> other = requests.get(1);
        assertThat(key(one).equals(key(other))).isEqualTo(one.equals(other));
    }

    @Provide
    Arbitrary<List<List<String>>> parts() {
        // Few and short values, so that parts which read the same when joined do come up.
        return Arbitraries.of("", "a", "b", "ab", "ba", "\u0000", "a\u0000")
                .list()
                .ofSize(6)
                .list()
                .ofSize(2);
    }

    private static String key(List<String> parts) {
        return new Request(
                        'c',
                        parts.get(0),
                        parts.get(1),
                        parts.get(2),
                        parts.get(3),
                        Optional.of(parts.get(4)).filter(identity -> !identity.equals("b")),
                        parts.get(5).hashCode())
                .key();
    }

    @Test
    void everyPartCounts() {
        List<Request> variants = List.of(
                EXAMPLE,
                new Request('r', "123456", "POST", EXAMPLE.path(), EXAMPLE.body(), Optional.empty(), 0),
                new Request('c', "123457", "POST", EXAMPLE.path(), EXAMPLE.body(), Optional.empty(), 0),
                new Request('c', "123456", "PATCH", EXAMPLE.path(), EXAMPLE.body(), Optional.empty(), 0),
                new Request('c', "123456", "POST", "/other", EXAMPLE.body(), Optional.empty(), 0),
                new Request('c', "123456", "POST", EXAMPLE.path(), "[]", Optional.empty(), 0),
                new Request('c', "123456", "POST", EXAMPLE.path(), EXAMPLE.body(), Optional.of(""), 0),
                new Request('c', "123456", "POST", EXAMPLE.path(), EXAMPLE.body(), Optional.of("x"), 0),
                new Request('c', "123456", "POST", EXAMPLE.path(), EXAMPLE.body(), Optional.empty(), 1));
        assertThat(variants.stream().map(Request::key)).doesNotHaveDuplicates();
    }

    @Test
    void aKeyReadBackIsCheckedAndAnOperationIsASmallLetter() {
        assertThat(new IdempotencyKey(EXAMPLE.key())).hasToString(EXAMPLE.key());
        assertThatThrownBy(() -> new IdempotencyKey("c-short")).hasMessageContaining("c-short");
        assertThatThrownBy(() -> new Request('#', "1", "POST", "/", "", Optional.empty(), 0).key())
                .isInstanceOf(IllegalArgumentException.class);
    }
}

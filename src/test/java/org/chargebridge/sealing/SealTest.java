package org.chargebridge.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.SettingProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {

    @TempDir
    Path folder;

    private static byte[] key(int filling) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return key;
    }

    private static String line(int filling) {
        return Base64.getEncoder().encodeToString(key(filling));
    }

    @Test
    void whatIsSealedIsOpenedAndNotReadable() {
        Seal seal = new Seal(List.of(key(1)));
        byte[] sealed = seal.seal("row 1", "a secret: æøå");

        assertThat(seal.open("row 1", sealed)).contains("a secret: æøå");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        assertThat(seal.seal("row 1", "a secret: æøå")).isNotEqualTo(sealed);
    }

    @Test
    void whatWasMovedChangedOrCutIsNotOpened() {
        Seal seal = new Seal(List.of(key(1)));
        byte[] sealed = seal.seal("row 1", "a secret");

        assertThat(seal.open("row 2", sealed)).isEmpty();
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(seal.open("row 1", changed)).as("byte " + i).isEmpty();
            assertThat(seal.open("row 1", Arrays.copyOf(sealed, i))).isEmpty();
        }
        assertThat(new Seal(List.of(key(2))).open("row 1", sealed)).isEmpty();
    }

    @Test
    void anOldKeyStillOpensAndTheFirstOneSeals() {
        byte[] sealed = new Seal(List.of(key(1))).seal("row", "a secret");
        Seal both = new Seal(List.of(key(2), key(1)));

        assertThat(both.open("row", sealed)).contains("a secret");
        assertThat(both.isCurrent(sealed)).isFalse();
        byte[] anew = both.seal("row", "a secret");
        assertThat(both.isCurrent(anew)).isTrue();
        assertThat(new Seal(List.of(key(2))).open("row", anew)).contains("a secret");
    }

    @Test
    void withoutAKeyNothingIsSealed() {
        assertThatThrownBy(() -> new Seal(List.of()).seal("row", "a secret"))
                .hasMessage("chargebridge.encryption-key is not set");
    }

    private static String problem(Optional<Path> file, boolean required) {
        return new SealingSettings(file.map(Path::toString))
                .problems(required).stream()
                        .map(SettingProblem::line)
                        .findFirst()
                        .orElse("");
    }

    @Test
    void theFileHoldsOneOrTwoKeys() throws Exception {
        Path file = folder.resolve("key");
        Files.writeString(file, line(1) + "\n");
        assertThat(problem(Optional.of(file), true)).isEmpty();
        Files.writeString(file, line(2) + "\n\n" + line(1));
        assertThat(problem(Optional.of(file), true)).isEmpty();
        assertThat(new Seal(new SealingSettings(Optional.of(file.toString())))
                        .open("row", new Seal(List.of(key(1))).seal("row", "x")))
                .contains("x");
        for (String wrong : List.of("", "not Base64!", "c2hvcnQ=", line(1) + "\n" + line(2) + "\n" + line(3))) {
            Files.writeString(file, wrong);
            assertThat(problem(Optional.of(file), true))
                    .contains("must hold one or two lines, each 32 bytes in Base64")
                    .doesNotContain("c2hvcnQ");
        }
    }

    @Test
    void aMissingFileIsToldAndAKeyInItsPlaceIsNotShown() {
        assertThat(problem(Optional.empty(), false)).isEmpty();
        assertThat(problem(Optional.empty(), true))
                .startsWith("chargebridge.encryption-key is not set. Make a file with openssl rand -base64 32");
        assertThat(problem(Optional.of(Path.of(line(7))), true))
                .startsWith("chargebridge.encryption-key names no file")
                .doesNotContain(line(7));
    }
}

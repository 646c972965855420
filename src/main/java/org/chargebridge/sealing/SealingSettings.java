package org.chargebridge.sealing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.SettingProblem;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the keys are: {@code chargebridge.encryption-key}.
 *
 * @param encryptionKey a mounted file with one key a line, each 32 bytes in Base64: the first encrypts, all decrypt
 */
@ConfigurationProperties("chargebridge")
public record SealingSettings(Optional<String> encryptionKey) {

    private static final String PROPERTY = "chargebridge.encryption-key";
    private static final String REMEDY =
            "Make a file with openssl rand -base64 32, mount it readable for Chargebridge alone, and set its path.";
    private static final int KEY_BYTES = 32;
    /** One in use and one that is being replaced. */
    private static final int KEYS_MAX = 2;

    /** What is not set is bound as null, also where the type is Optional. */
    public SealingSettings {
        encryptionKey = encryptionKey == null
                ? Optional.empty()
                : encryptionKey.map(String::strip).filter(path -> !path.isEmpty());
    }

    /**
     * Everything that is wrong; empty when all is well. No content of the file is ever told.
     *
     * @param required whether something will have to be encrypted
     */
    public List<SettingProblem> problems(boolean required) {
        if (encryptionKey.isEmpty()) {
            return required ? List.of(SettingProblem.missing(PROPERTY, REMEDY)) : List.of();
        }
        try {
            keys();
            return List.of();
        } catch (IOException | InvalidPathException unreadable) {
            // What is no path may be the key itself, and is not shown.
            return List.of(
                    new SettingProblem(PROPERTY, Optional.empty(), "names no file that Chargebridge can read", REMEDY));
        } catch (IllegalArgumentException malformed) {
            return List.of(new SettingProblem(
                    PROPERTY, encryptionKey, "must hold one or two lines, each 32 bytes in Base64", REMEDY));
        }
    }

    /**
     * The keys in the file's order; none where no file is set.
     *
     * @throws IllegalArgumentException where the file holds something else than one or two keys
     */
    List<byte[]> keys() throws IOException {
        if (encryptionKey.isEmpty()) {
            return List.of();
        }
        List<byte[]> keys = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(encryptionKey.get()))) {
            if (!line.isBlank()) {
                keys.add(Base64.getDecoder().decode(line.strip()));
            }
        }
        if (keys.isEmpty() || keys.size() > KEYS_MAX || keys.stream().anyMatch(key -> key.length != KEY_BYTES)) {
            throw new IllegalArgumentException("not one or two keys of " + KEY_BYTES + " bytes");
        }
        return keys;
    }
}

package org.chargebridge.sealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.chargebridge.charge.Sha256;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * AES-256-GCM. What is sealed is bound to a subject: moved to another row it cannot be opened. It begins with a version
 * and the mark of its key, then nonce, ciphertext and tag.
 */
@Component
public final class Seal {

    private static final byte VERSION = 1;
    private static final int MARK_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + MARK_BYTES;

    private final List<byte[]> keys;
    private final SecureRandom random = new SecureRandom();

    /** @throws UncheckedIOException where the file of the keys cannot be read any more */
    @Autowired
    public Seal(SealingSettings settings) {
        this(keysOf(settings));
    }

    /** With keys of 32 bytes: the first seals, all open. */
    public Seal(List<byte[]> keys) {
        this.keys = List.copyOf(keys);
    }

    private static List<byte[]> keysOf(SealingSettings settings) {
        try {
            return settings.keys();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Encrypts a text.
     *
     * @param subject what it belongs to; needed again to open it
     * @throws IllegalStateException without a key
     */
    public byte[] seal(String subject, String text) {
        if (keys.isEmpty()) {
            throw new IllegalStateException("chargebridge.encryption-key is not set");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, keys.get(0), subject, nonce, text.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("every Java platform has AES-GCM"));
        return ByteBuffer.allocate(HEAD_BYTES + NONCE_BYTES + sealed.length)
                .put(VERSION)
                .put(mark(keys.get(0)))
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** Decrypts what was sealed for this subject; empty where no key fits, or where it was changed. */
    public Optional<String> open(String subject, byte[] sealed) {
        if (sealed.length < HEAD_BYTES + NONCE_BYTES + TAG_BITS / 8 || sealed[0] != VERSION) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOfRange(sealed, HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
        byte[] content = Arrays.copyOfRange(sealed, HEAD_BYTES + NONCE_BYTES, sealed.length);
        return keys.stream()
                .filter(key -> Arrays.equals(mark(key), Arrays.copyOfRange(sealed, 1, HEAD_BYTES)))
                .flatMap(key -> run(Cipher.DECRYPT_MODE, key, subject, nonce, content).stream())
                .map(text -> new String(text, StandardCharsets.UTF_8))
                .findFirst();
    }

    /** Whether it was sealed with the first key, so that the others may go. */
    public boolean isCurrent(byte[] sealed) {
        return !keys.isEmpty()
                && sealed.length > HEAD_BYTES
                && Arrays.equals(mark(keys.get(0)), Arrays.copyOfRange(sealed, 1, HEAD_BYTES));
    }

    private static byte[] mark(byte[] key) {
        return Arrays.copyOf(Sha256.digest().digest(key), MARK_BYTES);
    }

    private static Optional<byte[]> run(int mode, byte[] key, String subject, byte[] nonce, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(subject.getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(content));
        } catch (GeneralSecurityException doesNotFit) {
            return Optional.empty();
        }
    }
}

package org.chargebridge.recurring;

import java.util.regex.Pattern;

/** Takes out of foreign text what does not belong into a log: phone numbers, long references, addresses, tokens. */
final class Masking {

    // Digits inside an id such as an order id are left: only free-standing ones are a phone number or a reference.
    private static final Pattern LONG_DIGITS =
            Pattern.compile("(?<![A-Za-z0-9_-])\\+?[0-9](?:[0-9]| (?=[0-9])){6,}[0-9](?![A-Za-z0-9_-])");
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]*)*");
    private static final Pattern MAIL = Pattern.compile("[^\\s@<>\"]{1,64}@[^\\s@<>\",;()]{1,255}");

    private Masking() {}

    static String mask(String text) {
        String withoutTokens = TOKEN.matcher(text).replaceAll("***");
        String withoutMail = MAIL.matcher(withoutTokens).replaceAll("***");
        return LONG_DIGITS
                .matcher(withoutMail)
                .replaceAll(
                        match -> "***" + match.group().substring(match.group().length() - 2));
    }
}

package org.chargebridge.publicport;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A path that answers on the public port and on no other. A room lists one by a bean of this type; what answers there is
 * a route ({@code platform-http}) or a controller of that room, which must itself find out whether it may.
 *
 * @param methods HTTP methods, in capitals
 * @param path matched whole, against the path as it was sent: with an encoded letter it is another one
 * @param bodyMax bytes a request may have; more is answered 413 before it is read. A body is handed on complete, read
 *     within seconds, save that of an HTML form, which the server itself reads: that one must tell its length
 * @param forms whether HTML forms are taken; else they are answered 415 before a field of one becomes a header of a message
 * @param meant the path that one was meant to be which a person or a mail program wrote in another way; who opens that is
 *     led to it. Empty for any that is nothing of the kind
 */
public record PublicPath(
        Set<String> methods, Pattern path, int bodyMax, boolean forms, Function<String, Optional<String>> meant) {

    /** One that programs call: they write it as it is. */
    public PublicPath(Set<String> methods, Pattern path, int bodyMax, boolean forms) {
        this(methods, path, bodyMax, forms, asked -> Optional.empty());
    }

    public PublicPath {
        methods = Set.copyOf(methods);
    }

    boolean isAt(String requestPath) {
        return path.matcher(requestPath).matches();
    }
}

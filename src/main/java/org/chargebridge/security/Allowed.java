package org.chargebridge.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.security.access.prepost.PreAuthorize;

/** Who may call what changes something: each such method of the pages and the REST interface bears one of these. */
public final class Allowed {

    private Allowed() {}

    /** Everybody with a role: it changes nothing, and only comes by POST to keep what is asked out of addresses. */
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @PreAuthorize("hasRole('VIEWER')")
    public @interface ToViewers {}

    /** {@link Role#OPERATOR}, and so an admin. */
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @PreAuthorize("hasRole('OPERATOR')")
    public @interface ToOperators {}

    /** {@link Role#APPROVER}, and so an admin. */
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @PreAuthorize("hasRole('APPROVER')")
    public @interface ToApprovers {}

    /** Either; which of the two it takes depends on what is decided. */
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @PreAuthorize("hasAnyRole('OPERATOR', 'APPROVER')")
    public @interface ToThoseWhoDecide {}

    /** {@link Role#ADMIN} only. */
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @PreAuthorize("hasRole('ADMIN')")
    public @interface ToAdmins {}
}

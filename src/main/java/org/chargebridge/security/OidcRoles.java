package org.chargebridge.security;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.authority.mapping.GrantedAuthoritiesMapper;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;

/**
 * Gives those whom an OpenID Connect provider vouches for the roles that its claim brings, and nothing else; who gets none
 * is not logged in.
 */
final class OidcRoles implements GrantedAuthoritiesMapper {

    static final String NO_ROLE = "no_role";

    private final OidcSettings settings;

    OidcRoles(OidcSettings settings) {
        this.settings = settings;
    }

    @Override
    public Collection<? extends GrantedAuthority> mapAuthorities(Collection<? extends GrantedAuthority> granted) {
        Set<GrantedAuthority> mapped = new LinkedHashSet<>();
        for (GrantedAuthority authority : granted) {
            if (authority instanceof OidcUserAuthority user) {
                Set<String> values = values(at(user.getAttributes(), settings.rolesClaim()));
                for (Role role : Role.values()) {
                    if (settings.bringing(role).stream().anyMatch(values::contains)) {
                        mapped.add(new SimpleGrantedAuthority(role.authority()));
                    }
                }
            }
        }
        if (mapped.isEmpty()) {
            throw new OAuth2AuthenticationException(new OAuth2Error(
                    NO_ROLE,
                    "no value of the claim '" + settings.rolesClaim() + "' stands in chargebridge.oidc.roles",
                    null));
        }
        return mapped;
    }

    /**
     * What stands in the claim of that name, or else inside others, their names joined by dots; null where nothing does.
     * A name is read as long as it can be: those of clients, and claims named by an address, hold dots themselves.
     */
    private static Object at(Map<?, ?> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> inside) {
                return at(inside, path.substring(dot + 1));
            }
        }
        return null;
    }

    /** Texts and numbers; a place without a value, or with something inside, is no group and harms no other. */
    private static Set<String> values(Object claim) {
        Collection<?> all = claim instanceof Collection<?> many ? many : claim == null ? List.of() : List.of(claim);
        return all.stream()
                .filter(value -> value instanceof String || value instanceof Number)
                .map(String::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }
}

package org.chargebridge.security;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.authority.mapping.GrantedAuthoritiesMapper;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;

/** Gives those whom an OpenID Connect provider vouches for the roles that its claim brings, and nothing else. */
final class OidcRoles implements GrantedAuthoritiesMapper {

    private final OidcSettings settings;

    OidcRoles(OidcSettings settings) {
        this.settings = settings;
    }

    @Override
    public Collection<? extends GrantedAuthority> mapAuthorities(Collection<? extends GrantedAuthority> granted) {
        Set<GrantedAuthority> mapped = new LinkedHashSet<>();
        for (GrantedAuthority authority : granted) {
            if (authority instanceof OidcUserAuthority user) {
                Object claim = user.getAttributes().get(settings.rolesClaim());
                Collection<?> values =
                        claim instanceof Collection<?> many ? many : claim == null ? List.of() : List.of(claim);
                settings.roles().forEach((role, wanted) -> {
                    if (values.stream().map(String::valueOf).anyMatch(wanted::contains)) {
                        mapped.add(new SimpleGrantedAuthority(role.authority()));
                    }
                });
            }
        }
        return mapped;
    }
}

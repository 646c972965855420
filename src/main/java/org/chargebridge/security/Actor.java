package org.chargebridge.security;

import java.util.EnumSet;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Who does something, as the audit trail names them.
 *
 * @param name the name they logged in with
 * @param roles all that they have, those included that a higher one brings along
 */
public record Actor(String name, Set<Role> roles) {

    public Actor {
        roles = Set.copyOf(roles);
    }

    public static Actor of(Authentication login) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (GrantedAuthority authority : login.getAuthorities()) {
            for (Role role : Role.values()) {
                if (role.authority().equals(authority.getAuthority())) {
                    roles.add(role);
                }
            }
        }
        if (roles.contains(Role.ADMIN)) {
            roles = EnumSet.allOf(Role.class);
        } else if (!roles.isEmpty()) {
            roles.add(Role.VIEWER);
        }
        return new Actor(login.getName(), roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}

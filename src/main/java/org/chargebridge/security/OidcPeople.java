package org.chargebridge.security;

import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Lets nobody in whom the audit trail could not name. */
final class OidcPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {

    static final String NO_NAME = "no_user_name";
    private static final int NAME_MAX = 200;

    private final OidcUserService people = new OidcUserService();

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcUser user;
        try {
            user = people.loadUser(request);
        } catch (IllegalArgumentException withoutName) {
            throw unnamed(request);
        }
        String name = user.getName();
        if (name.isBlank() || name.length() > NAME_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw unnamed(request);
        }
        return user;
    }

    private static OAuth2AuthenticationException unnamed(OidcUserRequest request) {
        String attribute = request.getClientRegistration()
                .getProviderDetails()
                .getUserInfoEndpoint()
                .getUserNameAttributeName();
        return new OAuth2AuthenticationException(new OAuth2Error(
                NO_NAME,
                "the provider sent no name of 1 to " + NAME_MAX + " characters in '" + attribute
                        + "'; see user-name-attribute and scope",
                null));
    }
}

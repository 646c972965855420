package org.chargebridge.security;

import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Who a provider says they are; lets nobody in whom the audit trail could not name. */
final class OidcPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {

    static final String NO_NAME = "no_user_name";
    private static final int NAME_MAX = 200;

    private final OidcUserService people = new OidcUserService();
    private final OidcStanding standing;

    OidcPeople(DefaultOAuth2UserService userInfo, OidcStanding standing) {
        people.setOauth2UserService(userInfo);
        this.standing = standing;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcUser user;
        try {
            user = people.loadUser(request);
        } catch (IllegalArgumentException withoutName) {
            throw unnamed(request);
        }
        standing.reached(request.getClientRegistration().getRegistrationId());
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

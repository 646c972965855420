package org.chargebridge.security;

import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.core.user.OAuth2User;

/** Who a provider says they are; lets nobody in whom the audit trail could not name. */
final class OidcPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {

    static final String NO_NAME = "no_user_name";
    private static final int NAME_MAX = 200;

    private final OidcUserService people = new OidcUserService();
    private final OidcStanding standing;

    OidcPeople(DefaultOAuth2UserService userInfo, OidcStanding standing) {
        people.setOauth2UserService(request -> shown(userInfo, request));
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

    /**
     * What the provider tells of a person beside the ID token. The name may stand in the token alone, as with Entra ID; only
     * the subject is always here, too.
     */
    private static OAuth2User shown(DefaultOAuth2UserService userInfo, OAuth2UserRequest request) {
        ClientRegistration bySubject = ClientRegistration.withClientRegistration(request.getClientRegistration())
                .userNameAttributeName(IdTokenClaimNames.SUB)
                .build();
        try {
            return userInfo.loadUser(
                    new OAuth2UserRequest(bySubject, request.getAccessToken(), request.getAdditionalParameters()));
        } catch (IllegalArgumentException withoutSubject) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error("invalid_user_info_response", "the user info names no subject", null));
        }
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

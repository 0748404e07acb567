package dev.guidon.spring.autoconfigure;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.util.ClassUtils;

/** What is said about who is logged in, as far as Spring Security is there to tell. */
final class Claims {

    private static final boolean SECURITY = isPresent("org.springframework.security.core.Authentication");
    private static final boolean OAUTH2 = isPresent("org.springframework.security.oauth2.core.ClaimAccessor");

    private Claims() {}

    static boolean isAnonymous(Principal principal) {
        return SECURITY && Security.isAnonymous(principal);
    }

    /** {@return a claim of the token, or an attribute of the user, of OAuth 2 or OpenID Connect; null if there is none} */
    static @Nullable Object of(@Nullable Principal principal, String claim) {
        return principal == null || !SECURITY || !OAUTH2 ? null : OAuth2.claim(principal, claim);
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, Claims.class.getClassLoader());
    }

    /** Loaded where Spring Security is. */
    private static final class Security {

        static boolean isAnonymous(Principal principal) {
            return principal instanceof AnonymousAuthenticationToken;
        }
    }

    /** Loaded where Spring Security's OAuth 2 is. */
    private static final class OAuth2 {

        static @Nullable Object claim(Principal principal, String claim) {
            if (principal instanceof Authentication authentication && authentication.isAuthenticated()) {
                Object known = authentication.getPrincipal();
                if (known instanceof ClaimAccessor claims) {
                    return claims.getClaims().get(claim);
                }
                if (known instanceof OAuth2AuthenticatedPrincipal user) {
                    return user.getAttributes().get(claim);
                }
            }
            return null;
        }
    }
}

package dev.guidon.spring.autoconfigure;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the evaluation context of a request is made of.
 *
 * @param principal Who is logged in.
 * @param locale The request's locale.
 * @param tenant The tenant, as attribute 'tenant'.
 * @param headers Headers that become attributes: the attribute's name, then the header's.
 */
@ConfigurationProperties("guidon.context")
record GuidonContextProperties(
        @DefaultValue Principal principal,
        @DefaultValue Locale locale,
        @DefaultValue Tenant tenant,
        @DefaultValue Map<String, String> headers) {

    /**
     * Who is logged in.
     *
     * @param enabled Whether the name of who is logged in is the targeting key.
     */
    record Principal(@DefaultValue("false") boolean enabled) {}

    /**
     * The request's locale.
     *
     * @param enabled Whether the attributes 'locale' and 'language' are set.
     */
    record Locale(@DefaultValue("true") boolean enabled) {}

    /**
     * The tenant.
     *
     * @param header Header that names the tenant. Only for one that a gateway sets, since clients could name any.
     * @param claim Claim of the token or user of who is logged in, that names the tenant.
     */
    record Tenant(@Nullable String header, @Nullable String claim) {}
}

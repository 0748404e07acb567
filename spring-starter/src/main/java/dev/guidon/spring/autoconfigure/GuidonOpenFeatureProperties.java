package dev.guidon.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The flags by way of OpenFeature.
 *
 * @param enabled Whether the flags are OpenFeature's provider if guidon-openfeature is there.
 * @param domain Domain of OpenFeature that the flags are for. By default for all clients without a provider of their own.
 */
@ConfigurationProperties("guidon.openfeature")
record GuidonOpenFeatureProperties(
        @DefaultValue("true") boolean enabled, @Nullable String domain) {

    GuidonOpenFeatureProperties {
        if (domain != null && domain.isBlank()) {
            throw new MisconfiguredException(
                    "guidon.openfeature.domain", "nothing", "the name of a domain, or no such property");
        }
    }
}

package dev.guidon.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Flags of HTTP requests.
 *
 * @param gateStatus Status of the answer while a feature gate is closed that names none, from 400 to 599.
 * @param filterOrder Order of the filter that gives each request its flags. It must come after what authenticates.
 */
@ConfigurationProperties("guidon.web")
record GuidonWebProperties(
        @DefaultValue("404") int gateStatus,
        @DefaultValue("-50") int filterOrder) {

    GuidonWebProperties {
        if (gateStatus < 400 || gateStatus > 599) {
            throw new MisconfiguredException("guidon.web.gate-status", gateStatus, "a status from 400 to 599");
        }
    }
}

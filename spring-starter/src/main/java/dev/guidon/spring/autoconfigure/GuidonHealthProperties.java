package dev.guidon.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the flags are told in the application's health.
 *
 * @param staleStatus Health while the store cannot be reached and the last known flags are in force.
 * @param errorStatus Health while no flags could ever be loaded and every flag answers its caller's default.
 */
@ConfigurationProperties("guidon.health")
record GuidonHealthProperties(
        @DefaultValue("UP") String staleStatus,
        @DefaultValue("UNKNOWN") String errorStatus) {

    GuidonHealthProperties {
        check("guidon.health.stale-status", staleStatus);
        check("guidon.health.error-status", errorStatus);
    }

    private static void check(String property, String status) {
        if (status.isBlank()) {
            throw new MisconfiguredException(
                    property, "nothing", "UP, UNKNOWN, OUT_OF_SERVICE, DOWN, or a status of your own");
        }
    }
}

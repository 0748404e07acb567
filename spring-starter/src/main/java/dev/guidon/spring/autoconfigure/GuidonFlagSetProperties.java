package dev.guidon.spring.autoconfigure;

import dev.guidon.spring.FlagSetCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Typed flags.
 *
 * @param check What follows at the start if a flag that a flag set reads is missing, broken or of another type.
 */
@ConfigurationProperties("guidon.flag-sets")
record GuidonFlagSetProperties(@DefaultValue("warn") FlagSetCheck.Mode check) {}

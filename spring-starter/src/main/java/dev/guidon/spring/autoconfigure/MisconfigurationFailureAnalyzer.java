package dev.guidon.spring.autoconfigure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Tells which property cannot be as it is, where it was set, and what is allowed. */
final class MisconfigurationFailureAnalyzer extends AbstractFailureAnalyzer<MisconfiguredException> implements Ordered {

    private final @Nullable Environment environment;

    MisconfigurationFailureAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    /** Before Boot's own, which would tell of the exception around it. */
    @Override
    public int getOrder() {
        return 0;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MisconfiguredException cause) {
        String where = origin(cause.property())
                .map(origin -> String.format("%n    Origin: %s", origin))
                .orElse("");
        String description = String.format(
                "Guidon cannot be configured as it is:%n%n    Property: %s%n    Found: %s%s",
                cause.property(), cause.found(), where);
        return new FailureAnalysis(
                description, "Change " + cause.property() + ". Allowed: " + cause.allowed() + ".", cause);
    }

    private Optional<Origin> origin(String property) {
        if (environment == null) {
            return Optional.empty();
        }
        ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty found = source.getConfigurationProperty(name);
            if (found != null) {
                return Optional.ofNullable(found.getOrigin());
            }
        }
        return Optional.empty();
    }
}

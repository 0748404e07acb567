package dev.guidon.spring.autoconfigure;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagsListener;
import dev.guidon.definition.Shown;
import dev.guidon.evaluation.EvaluationListener;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link FeatureFlags} that follow the store. They are given all beans of type {@link EvaluationListener} and {@link FlagsListener}, in
 * their order, and the {@link Clock} if there is one and only one.
 */
@AutoConfiguration(after = GuidonStoreAutoConfiguration.class)
@ConditionalOnSingleCandidate(FlagStore.class)
@EnableConfigurationProperties(GuidonProperties.class)
public final class GuidonAutoConfiguration {

    /** For Spring to call. */
    GuidonAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    FeatureFlags featureFlags(
            FlagStore store,
            GuidonProperties properties,
            ObjectProvider<EvaluationListener> evaluationListeners,
            ObjectProvider<FlagsListener> flagsListeners,
            ObjectProvider<Clock> clock) {
        FeatureFlags.Builder builder = FeatureFlags.builder(store)
                .startMode(properties.start().toStartMode())
                .logChanges(properties.logChanges());
        BundledDefaults.of(properties.defaults()).ifPresent(builder::defaults);
        String lastKnownGood = properties.lastKnownGood();
        if (lastKnownGood != null) {
            builder.lastKnownGood(path(lastKnownGood));
        }
        clock.ifUnique(builder::clock);
        evaluationListeners.orderedStream().forEach(builder::evaluationListener);
        flagsListeners.orderedStream().forEach(builder::listener);
        try {
            return builder.build();
        } catch (FlagStoreException e) {
            throw new MisconfiguredException(
                    "guidon.start.mode",
                    "fail: " + e.getMessage(),
                    "a store that answers, a longer guidon.start.limit, or one of the modes one-attempt, background and wait",
                    e);
        }
    }

    private static Path path(String lastKnownGood) {
        try {
            return Path.of(lastKnownGood);
        } catch (InvalidPathException e) {
            throw new MisconfiguredException(
                    "guidon.last-known-good",
                    Shown.part(lastKnownGood),
                    "the path of a file (" + e.getReason() + ")",
                    e);
        }
    }
}

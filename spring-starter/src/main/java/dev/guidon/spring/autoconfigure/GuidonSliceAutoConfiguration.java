package dev.guidon.spring.autoconfigure;

import dev.guidon.spring.ScannedFlagSets;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The flags of a slice of an application, for {@code @WebMvcTest} and {@code @WebFluxTest}: in memory, wherever those of the application are.
 * They begin with {@code guidon.defaults}, and flag sets are not compared with them.
 */
@AutoConfiguration(before = GuidonAutoConfiguration.class)
@EnableConfigurationProperties(GuidonProperties.class)
@Import(ScannedFlagSets.class)
final class GuidonSliceAutoConfiguration {

    @Bean(GuidonStoreAutoConfiguration.BEAN)
    @ConditionalOnMissingBean(FlagStore.class)
    InMemoryFlagStore flagStore(GuidonProperties properties, ObjectProvider<Clock> clock) {
        return GuidonStoreAutoConfiguration.memory(properties, clock);
    }
}

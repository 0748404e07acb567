package dev.guidon.spring.autoconfigure;

import dev.guidon.FeatureFlags;
import dev.guidon.evaluation.FlagView;
import dev.guidon.spring.CurrentFlags;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The flags of the work at hand, over the application's flags. */
@AutoConfiguration(after = GuidonAutoConfiguration.class)
public final class GuidonCurrentFlagsAutoConfiguration {

    /** For Spring to call. */
    GuidonCurrentFlagsAutoConfiguration() {}

    /** A view that is the only one or primary, such as one that a test sets, goes before the client. */
    @Bean
    @ConditionalOnMissingBean
    CurrentFlags guidonCurrentFlags(ObjectProvider<FlagView> views, ObjectProvider<FeatureFlags> clients) {
        return CurrentFlags.over(views.getIfUnique(clients::getObject));
    }
}

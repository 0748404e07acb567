package dev.guidon.examples.quickstart;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.audit.AuditRelay;
import dev.guidon.json.FlagFormat;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.FileFlagStore;
import dev.guidon.store.FlagStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;

@Configuration(proxyBeanMethods = false)
class Wiring {

    @Bean
    @Profile("!full")
    FlagStore fileStore(@Value("${quickstart.flags:target/flags.yaml}") Path file) {
        return FileFlagStore.builder(file).createIfMissing(true).open();
    }

    @Bean
    @Profile("full")
    FlagStore redisStore(@Value("${spring.data.redis.url}") String url) {
        return RedisFlagStore.open(url, "quickstart");
    }

    @Bean
    @Profile("full")
    AuditRelay relay(FlagStore store, @Value("${spring.kafka.bootstrap-servers}") String servers) {
        return AuditRelay.builder(store)
                .kafka(Map.of("bootstrap.servers", servers))
                .start();
    }

    @Bean
    FeatureFlags flags(FlagStore store) throws IOException {
        if (store.load().flags().isEmpty()) {
            String text = new ClassPathResource("flags.yaml").getContentAsString(StandardCharsets.UTF_8);
            FlagEditor.of(store, "quickstart")
                    .because("the flags to start with")
                    .batch(changes -> FlagFormat.parseYaml(text)
                            .flags()
                            .values()
                            .forEach(flag -> changes.put(flag.definition())));
        }
        return FeatureFlags.of(store);
    }
}

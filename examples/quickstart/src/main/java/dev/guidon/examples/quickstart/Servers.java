package dev.guidon.examples.quickstart;

import dev.guidon.fixtures.KafkaBroker;
import dev.guidon.fixtures.RedisServer;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Starts the Redis and the Kafka that the profile {@code full} needs and nobody has configured. They end with the program. */
final class Servers implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    private final Map<String, Object> started = new HashMap<>();

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        if (environment.matchesProfiles("full")) {
            if (!isConfigured(environment, "spring.data.redis")) {
                started.computeIfAbsent(
                        "spring.data.redis.url", url -> RedisServer.start().uri());
            }
            if (!isConfigured(environment, "spring.kafka")) {
                started.computeIfAbsent(
                        "spring.kafka.bootstrap-servers",
                        servers -> KafkaBroker.start().bootstrapServers());
            }
            environment.getPropertySources().addLast(new MapPropertySource("servers", started));
        }
    }

    private static boolean isConfigured(ConfigurableEnvironment environment, String prefix) {
        return Binder.get(environment)
                .bind(prefix, Bindable.mapOf(String.class, Object.class))
                .isBound();
    }
}

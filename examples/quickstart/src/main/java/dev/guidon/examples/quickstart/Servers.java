package dev.guidon.examples.quickstart;

import dev.guidon.fixtures.KafkaBroker;
import dev.guidon.fixtures.RedisServer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Starts the Redis and the Kafka that the profile {@code full} needs and nobody has configured. They end with the program. */
final class Servers implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    private static final String REDIS = "spring.data.redis.url";
    private static final String KAFKA = "spring.kafka.bootstrap-servers";

    private final Map<String, Object> started = new HashMap<>();

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        if (!environment.matchesProfiles("full")) {
            return;
        }
        if (Stream.of(
                        REDIS,
                        "spring.data.redis.host",
                        "spring.data.redis.sentinel.master",
                        "spring.data.redis.cluster.nodes")
                .noneMatch(environment::containsProperty)) {
            started.computeIfAbsent(
                    REDIS, url -> shown("Redis", RedisServer.start().uri()));
        }
        if (!environment.containsProperty(KAFKA)) {
            started.computeIfAbsent(
                    KAFKA, servers -> shown("Kafka", KafkaBroker.start().bootstrapServers()));
        }
        environment.getPropertySources().addLast(new MapPropertySource("servers", started));
    }

    private static String shown(String server, String address) {
        System.out.println(server + " is at " + address);
        return address;
    }
}

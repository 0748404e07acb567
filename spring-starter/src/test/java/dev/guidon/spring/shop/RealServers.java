package dev.guidon.spring.shop;

import dev.guidon.fixtures.KafkaBroker;
import dev.guidon.fixtures.RedisServer;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/**
 * An application with a Redis and a Kafka of its own. It is told where they are as it is by service connections and Docker Compose: by beans
 * with connection details.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class RealServers {

    @Bean
    RedisServer redisServer() {
        return RedisServer.start();
    }

    @Bean
    KafkaBroker kafkaBroker() {
        return KafkaBroker.start();
    }

    @Bean
    DataRedisConnectionDetails redisDetails(RedisServer server) {
        return new DataRedisConnectionDetails() {
            @Override
            public Standalone getStandalone() {
                return Standalone.of(server.host(), server.port());
            }
        };
    }

    @Bean
    KafkaConnectionDetails kafkaDetails(KafkaBroker broker) {
        return () -> List.of(broker.bootstrapServers());
    }

    @Bean
    SecurityFilterChain everybodyMayLook(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .httpBasic(Customizer.withDefaults())
                .csrf(CsrfConfigurer::disable)
                .build();
    }
}

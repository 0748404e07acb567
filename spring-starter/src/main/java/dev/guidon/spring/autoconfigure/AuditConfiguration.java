package dev.guidon.spring.autoconfigure;

import dev.guidon.audit.AuditRelay;
import dev.guidon.store.FlagStore;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ways to know where Kafka is. They are not members of the auto-configuration, which imports them in the order that counts. */
final class AuditConfiguration {

    private AuditConfiguration() {}

    private static AuditRelay start(
            FlagStore store,
            GuidonAuditProperties properties,
            Map<String, Object> application,
            ObjectProvider<Clock> clock) {
        Map<String, Object> kafka = new HashMap<>(application);
        kafka.putAll(properties.properties());
        AuditRelay.Builder builder = AuditRelay.builder(store)
                .topic(properties.topic().toAuditTopic())
                .kafka(kafka);
        clock.ifUnique(builder::clock);
        try {
            builder.longestRetry(properties.longestRetry());
        } catch (IllegalArgumentException e) {
            throw MisconfiguredException.of("guidon.audit", e);
        }
        try {
            return builder.start();
        } catch (IllegalArgumentException e) {
            throw new MisconfiguredException(
                    "guidon.audit.properties",
                    "settings of Kafka that are refused:\n" + e.getMessage(),
                    "what is said there; they are taken from spring.kafka.* and, over that, guidon.audit.properties.*",
                    e);
        }
    }

    /** With the application's own Kafka. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({AuditRelay.class, KafkaConnectionDetails.class})
    @ConditionalOnBean(KafkaConnectionDetails.class)
    @ConditionalOnSingleCandidate(FlagStore.class)
    @EnableConfigurationProperties(GuidonAuditProperties.class)
    static class ByConnectionDetails {

        @Bean
        @ConditionalOnMissingBean
        AuditRelay auditRelay(
                FlagStore store,
                GuidonAuditProperties properties,
                KafkaConnectionDetails details,
                ObjectProvider<KafkaProperties> application,
                ObjectProvider<Clock> clock) {
            return start(store, properties, KafkaLocation.settings(details, application.getIfUnique()), clock);
        }
    }

    /** With a Kafka that only the audit knows. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(AuditRelay.class)
    @ConditionalOnMissingBean(AuditRelay.class)
    @ConditionalOnSingleCandidate(FlagStore.class)
    @EnableConfigurationProperties(GuidonAuditProperties.class)
    static class ByProperties {

        @Bean
        AuditRelay auditRelay(FlagStore store, GuidonAuditProperties properties, ObjectProvider<Clock> clock) {
            if (!properties.properties().containsKey("bootstrap.servers")) {
                throw new MisconfiguredException(
                        "guidon.audit.enabled",
                        "true, and nothing that says where Kafka is",
                        "guidon.audit.properties.bootstrap.servers, or spring-boot-starter-kafka with spring.kafka.*");
            }
            return start(store, properties, Map.of(), clock);
        }
    }
}

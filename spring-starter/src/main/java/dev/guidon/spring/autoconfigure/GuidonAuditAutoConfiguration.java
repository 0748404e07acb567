package dev.guidon.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A relay that copies all changes into a Kafka topic, if it is asked for: having its module may only mean to read such a topic. */
@AutoConfiguration(
        after = GuidonAutoConfiguration.class,
        afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnBooleanProperty("guidon.audit.enabled")
@Import({AuditConfiguration.ByConnectionDetails.class, AuditConfiguration.ByProperties.class})
public final class GuidonAuditAutoConfiguration {

    /** For Spring to call. */
    GuidonAuditAutoConfiguration() {}

    /** Without what was asked for. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("dev.guidon.audit.AuditRelay")
    static class WithoutModule {

        WithoutModule() {
            throw new MisconfiguredException(
                    "guidon.audit.enabled",
                    "true",
                    "only with guidon-audit-kafka on the class path: add dev.guidon:guidon-audit-kafka");
        }
    }
}

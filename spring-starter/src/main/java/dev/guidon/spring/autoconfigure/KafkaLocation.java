package dev.guidon.spring.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.kafka.autoconfigure.SslBundleSslEngineFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.StringUtils;

/** Where an application's Kafka is, in the terms of Kafka's clients. */
final class KafkaLocation {

    private KafkaLocation() {}

    /**
     * What applies to all clients of the application. What it says of its own producers and consumers only, such as acks or
     * deserializers, is nothing to the relay.
     */
    static Map<String, Object> settings(KafkaConnectionDetails details, @Nullable KafkaProperties application) {
        Map<String, Object> settings = new HashMap<>();
        if (application != null) {
            settings.putAll(application.getSsl().buildProperties());
            settings.putAll(application.getSecurity().buildProperties());
            settings.putAll(application.getProperties());
        }
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, details.getBootstrapServers());
        if (StringUtils.hasLength(details.getSecurityProtocol())) {
            settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, details.getSecurityProtocol());
        }
        SslBundle bundle = details.getSslBundle();
        if (bundle != null) {
            settings.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, SslBundleSslEngineFactory.class);
            settings.put(SslBundle.class.getName(), bundle);
        }
        return settings;
    }
}

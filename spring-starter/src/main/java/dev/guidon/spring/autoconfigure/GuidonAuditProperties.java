package dev.guidon.spring.autoconfigure;

import dev.guidon.audit.AuditTopic;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What applies to the audit trail in Kafka.
 *
 * @param enabled Whether this application copies all changes of flags into a Kafka topic.
 * @param topic The topic.
 * @param longestRetry How long to wait at most before trying again after a failure of Kafka.
 * @param properties Further settings of Kafka's clients, over those of the application: producer, consumer and admin client alike.
 */
@ConfigurationProperties("guidon.audit")
record GuidonAuditProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue Topic topic,
        @DefaultValue("10s") Duration longestRetry,
        @DefaultValue Map<String, String> properties) {

    /** {@return nothing of the properties, which may hold passwords} */
    @Override
    public String toString() {
        return "guidon.audit";
    }

    /**
     * The topic of the trail.
     *
     * @param name The topic's name.
     * @param partitions How many partitions it is made with. 1 keeps all records in one order.
     * @param replication How many copies of it there are. By default as many as the broker says.
     * @param retention How long Kafka keeps the records. By default for ever.
     * @param ifMissing What the relay does if the topic has not been made yet.
     * @param ifDeleted What the relay does if the topic that it has published to is gone.
     */
    record Topic(
            @DefaultValue("guidon-audit") String name,
            @DefaultValue("1") int partitions,
            @Nullable Integer replication,
            @Nullable Duration retention,
            @DefaultValue("create") AuditTopic.IfMissing ifMissing,
            @DefaultValue("stop") AuditTopic.IfDeleted ifDeleted) {

        AuditTopic toAuditTopic() {
            try {
                return new AuditTopic(name, partitions, replication, retention, ifMissing, ifDeleted);
            } catch (IllegalArgumentException e) {
                throw MisconfiguredException.of("guidon.audit.topic", e);
            }
        }
    }
}

package dev.guidon.audit;

import dev.guidon.audit.AuditTopic.IfDeleted;
import dev.guidon.audit.AuditTopic.IfMissing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Finds the topic of a trail, and makes it. */
final class AuditTopics implements AutoCloseable {

    private final AuditTopic topic;
    private final String bootstrapServers;
    private final Admin admin;

    AuditTopics(AuditTopic topic, ClientSettings settings) {
        this.topic = topic;
        this.bootstrapServers = settings.bootstrapServers();
        this.admin = Admin.create(settings.admin());
    }

    /** The id of the topic; null if there is none. Every topic that is made has an id of its own. */
    @Nullable
    String id() {
        try {
            return get(admin.describeTopics(List.of(topic.name())).allTopicNames()).values().stream()
                    .map(found -> found.topicId().toString())
                    .findFirst()
                    .orElse(null);
        } catch (UnknownTopicOrPartitionException e) {
            return null;
        } catch (TopicAuthorizationException e) {
            // Kafka does not tell whether there is one.
            throw new KafkaException(
                    "topic " + topic.name() + ": found no right to describe it (" + e.getMessage()
                            + "); allowed: Describe, Read and Write. If there is none, make it with: "
                            + topic.command(bootstrapServers),
                    e);
        }
    }

    /**
     * Makes the topic, as far as it is to be made.
     *
     * @param wasThere whether a relay has published to it before
     * @throws RelayStoppedException if relays are to stop
     * @throws KafkaException if it is not there and is not made here
     */
    void make(boolean wasThere) {
        if (wasThere && topic.ifDeleted() == IfDeleted.STOP) {
            throw new RelayStoppedException("topic " + topic.name()
                    + ": found none, though it was published to; allowed: the topic. Its records are lost. To publish what the store's log"
                    + " still holds, start the relay with IfDeleted.RECREATE; the log is kept for it until then");
        }
        String how = "; make it with: " + topic.command(bootstrapServers);
        if (!wasThere && topic.ifMissing() == IfMissing.WAIT) {
            throw new KafkaException("topic " + topic.name() + ": found none" + how);
        }
        NewTopic wanted = new NewTopic(
                        topic.name(),
                        Optional.of(topic.partitions()),
                        Optional.ofNullable(topic.replication()).map(Integer::shortValue))
                .configs(topic.configs());
        try {
            get(admin.createTopics(List.of(wanted)).all());
        } catch (TopicExistsException e) {
            // Another relay was faster.
            return;
        } catch (KafkaException e) {
            throw new KafkaException(
                    "topic " + topic.name() + ": found none, and cannot make it (" + e.getMessage() + ")" + how, e);
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException cause) {
                throw cause;
            }
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Ends whatever goes on, from any thread. */
    void abort() {
        admin.close(Duration.ZERO);
    }

    @Override
    public void close() {
        admin.close(RelaySession.CLOSING);
    }
}

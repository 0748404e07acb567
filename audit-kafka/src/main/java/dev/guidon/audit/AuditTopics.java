package dev.guidon.audit;

import dev.guidon.audit.AuditTopic.IfDeleted;
import dev.guidon.audit.AuditTopic.IfMissing;
import dev.guidon.audit.RelayBoard.Concern;
import dev.guidon.definition.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** Finds the topic of a trail, and makes it. */
final class AuditTopics implements AutoCloseable {

    private static final String LOST =
            ". Its records are lost. To publish what the store's log still holds, start the relay"
                    + " with IfDeleted.RECREATE; the log is kept for it until then";

    private final AuditTopic topic;
    private final String bootstrapServers;
    private final Duration patience;
    private final Admin admin;

    AuditTopics(AuditTopic topic, ClientSettings settings) {
        this.topic = topic;
        this.bootstrapServers = settings.bootstrapServers();
        this.patience = settings.patience();
        this.admin = Admin.create(settings.admin());
    }

    /** The id of the topic; null if there is none. Every topic that is made has an id of its own. */
    @Nullable
    String id() {
        TopicDescription found = describe();
        return found == null ? null : found.topicId().toString();
    }

    private @Nullable TopicDescription describe() {
        try {
            return get(admin.describeTopics(List.of(topic.name())).allTopicNames())
                    .get(topic.name());
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
     * Makes sure that the topic is still the one that it was.
     *
     * @throws KafkaException if it is not
     */
    void require(String id) {
        if (!id.equals(id())) {
            throw new KafkaException("topic " + topic.name() + " was deleted");
        }
    }

    /**
     * Lets a relay publish to a topic of which it has no position.
     *
     * @param id the topic's
     * @param published those of the topics that relays have published to
     * @throws RelayStoppedException if these are others and relays are to stop then
     */
    void admit(String id, Set<String> published) {
        if (topic.ifDeleted() == IfDeleted.STOP && !published.isEmpty() && !published.contains(id)) {
            throw new RelayStoppedException("topic " + topic.name() + ": found one with the id " + id
                    + ", which was made after the one that was published to was deleted; allowed: the topic with the id "
                    + String.join(" or ", published) + LOST);
        }
    }

    /** Shows what makes the topic unfit to keep a trail, as far as the relay has the right to see it. */
    void examine(RelayBoard board) {
        try {
            board.concern(Concern.TOPIC, unsuitable());
        } catch (AuthorizationException | UnsupportedVersionException e) {
            board.concern(Concern.TOPIC, null);
            board.remark("the settings of topic " + topic.name() + " cannot be seen (" + e.getMessage()
                    + "), so nobody knows whether it keeps the trail; allowed: the right DescribeConfigs");
        }
    }

    private @Nullable String unsuitable() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        try {
            Config found = get(admin.describeConfigs(List.of(resource)).all()).get(resource);
            TopicDescription description = describe();
            if (found == null || description == null) {
                return null;
            }
            int copies = description.partitions().stream()
                    .mapToInt(partition -> partition.replicas().size())
                    .min()
                    .orElse(0);
            List<Problem> problems = topic.problems(name -> value(found, name), copies);
            return problems.isEmpty()
                    ? null
                    : "topic " + topic.name() + ": "
                            + problems.stream().map(Problem::toString).collect(Collectors.joining(". "));
        } catch (UnknownTopicOrPartitionException e) {
            // It was deleted just now, which is found out elsewhere.
            return null;
        }
    }

    private static @Nullable String value(Config found, String name) {
        ConfigEntry entry = found.get(name);
        return entry == null ? null : entry.value();
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
            throw new RelayStoppedException(
                    "topic " + topic.name() + ": found none, though it was published to; allowed: the topic" + LOST);
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

    /** Waits no longer than Kafka says that it takes, in case that the client's own thread is no more. */
    private <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException cause) {
                throw cause;
            }
            throw new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("the admin client does not answer", e);
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

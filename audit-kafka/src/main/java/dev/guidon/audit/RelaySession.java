package dev.guidon.audit;

import dev.guidon.audit.RelayStatus.State;
import dev.guidon.store.FlagStoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One stay in the group of a namespace's relays. Whoever owns partition 0 of the topic publishes, the others stand by. A session ends with
 * the first failure of Kafka; what was going on then is found out by the next one.
 */
final class RelaySession implements AutoCloseable {

    static final Duration CLOSING = Duration.ofSeconds(5);

    /**
     * How long a standby waits for news of the group, and an active relay for a change: no longer, since arranging the group anew takes
     * several steps, each of which needs the active one's poll.
     */
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** How long to look at a group that is being arranged anew. */
    private static final Duration REARRANGED = Duration.ofMillis(50);

    private static final Duration STORE_RETRY = Duration.ofSeconds(1);

    /** How often the topic is looked at; who publishes looks more often whether it is still there. */
    private static final Duration TOPIC_CHECK = Duration.ofSeconds(10);

    private final Registration registration;
    private final AuditTopic topic;
    private final ClientSettings settings;
    private final RelayBoard board;
    private final Clock clock;
    private final AuditTopics topics;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition first;

    private boolean joined;
    private boolean owner;
    private volatile @Nullable Publisher publisher;
    private long checked = System.nanoTime();
    private volatile boolean ending;

    RelaySession(Registration registration, AuditTopic topic, ClientSettings settings, RelayBoard board, Clock clock) {
        this.registration = registration;
        this.topic = topic;
        this.settings = settings;
        this.board = board;
        this.clock = clock;
        this.first = new TopicPartition(topic.name(), 0);
        this.topics = new AuditTopics(topic, settings);
        try {
            this.consumer = new KafkaConsumer<>(settings.consumer());
        } catch (RuntimeException | Error e) {
            topics.close();
            throw e;
        }
    }

    /** Ends {@link #run()} soon; may be called by any thread. */
    void end() {
        ending = true;
        consumer.wakeup();
        Publisher active = publisher;
        if (active != null) {
            active.endWait();
        }
    }

    /** Ends it at once, whatever it waits for; may be called by any thread. What it has begun is not published. */
    void abort() {
        topics.abort();
        Publisher active = publisher;
        if (active != null) {
            active.abort();
        }
    }

    /**
     * Publishes when it is this relay's turn, until it is told to end.
     *
     * @throws KafkaException if something goes wrong with Kafka
     * @throws FlagStoreException if the store cannot be asked before it is this relay's turn
     */
    void run() throws InterruptedException {
        String topicId = topicId();
        topics.examine(board);
        consumer.subscribe(List.of(topic.name()), new Turn());
        while (!ending) {
            consumer.poll(publisher == null ? WAIT : Duration.ZERO);
            check(topicId);
            if (!owner) {
                resign();
                if (joined) {
                    board.state(State.STANDBY);
                }
            } else if (publisher == null) {
                // Known before it waits for anything, so that it can be aborted.
                publisher = new Publisher(
                        registration,
                        topics,
                        new GroupPosition(consumer, topic.name(), topicId),
                        settings,
                        board,
                        clock);
                publisher.open();
                board.state(State.ACTIVE);
            } else {
                publish(publisher);
            }
        }
    }

    private void publish(Publisher active) throws InterruptedException {
        try {
            if (active.publishNext(WAIT)) {
                board.healthy();
            } else {
                consumer.poll(REARRANGED);
            }
        } catch (FlagStoreException e) {
            board.lag(-1);
            board.failed("the store cannot be read: " + e.getMessage());
            consumer.poll(STORE_RETRY);
        }
    }

    private String topicId() throws InterruptedException {
        String id = topics.id();
        while (id == null) {
            topics.make(!registration.topicIds().isEmpty());
            // It may not be known everywhere yet.
            Thread.sleep(REARRANGED.toMillis());
            id = topics.id();
        }
        return id;
    }

    private void check(String topicId) {
        if (System.nanoTime() - checked > TOPIC_CHECK.toNanos()) {
            topics.require(topicId);
            topics.examine(board);
            if (!owner) {
                board.lag(registration.lag());
                // Not at once: a relay that fails when it is its turn stands by for a moment before.
                board.healthy();
            }
            checked = System.nanoTime();
        }
    }

    private void resign() {
        if (publisher != null) {
            publisher.close();
            publisher = null;
        }
    }

    @Override
    public void close() {
        // Kafka's clients close nothing for a thread that is interrupted.
        Thread.interrupted();
        try {
            resign();
        } finally {
            try {
                consumer.close(CloseOptions.timeout(CLOSING));
            } finally {
                topics.close();
            }
        }
    }

    /** Notes whose turn it is. Nothing is ever fetched: the position that the group keeps is one of the store, not of the topic. */
    private final class Turn implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
            joined = true;
            owner |= partitions.contains(first);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            owner &= !partitions.contains(first);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            onPartitionsRevoked(partitions);
        }
    }
}

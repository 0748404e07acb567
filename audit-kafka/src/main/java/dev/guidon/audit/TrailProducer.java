package dev.guidon.audit;

import dev.guidon.definition.Shown;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Puts records and the position after them into a topic and the group, in one transaction. The topic is looked at before and after: a
 * producer cannot be kept from making the topic on brokers that make topics, nor from writing to another one of its name.
 */
final class TrailProducer implements AutoCloseable {

    private final AuditTopics topics;
    private final GroupPosition group;
    private final ClientSettings settings;
    private final Duration patience;
    private final KafkaProducer<byte[], byte[]> producer;

    TrailProducer(AuditTopics topics, GroupPosition group, ClientSettings settings) {
        this.topics = topics;
        this.group = group;
        this.settings = settings;
        this.patience = settings.patience();
        this.producer = new KafkaProducer<>(settings.producer());
    }

    /** Shuts out all earlier producers of the relays. */
    void open() {
        try {
            producer.initTransactions();
        } catch (TransactionalIdAuthorizationException e) {
            throw new KafkaException(
                    "transactional.id " + settings.transactionalId() + ": found no right to use it (" + e.getMessage()
                            + "); allowed: Describe and Write",
                    e);
        }
    }

    /**
     * Publishes records.
     *
     * @return false if the group is being arranged anew, so that nothing could be published
     * @throws KafkaException if they could not be published, or it is not known whether they were
     */
    boolean publish(List<ProducerRecord<byte[], byte[]>> records, Position next) {
        topics.require(group.topicId());
        AtomicReference<@Nullable String> refused = new AtomicReference<>();
        try {
            producer.beginTransaction();
            List<Future<?>> sent = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer.send(record, (metadata, failure) -> {
                    if (failure != null) {
                        refused.compareAndSet(null, describe(record) + ": " + failure.getMessage());
                    }
                }));
            }
            group.write(next, producer);
            if (arrive(sent)) {
                topics.require(group.topicId());
            }
            producer.commitTransaction();
            return true;
        } catch (CommitFailedException e) {
            // The group has another generation than the consumer knows. Had another relay published, this producer were
            // shut out.
            producer.abortTransaction();
            return false;
        } catch (KafkaException e) {
            String what = refused.get();
            throw what == null ? e : new KafkaException("cannot publish " + what, e);
        }
    }

    private static String describe(ProducerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        return Shown.part(key) + " (" + record.value().length + " bytes)";
    }

    /** Waits for records; false if one was refused, which committing says. */
    private boolean arrive(List<Future<?>> sent) {
        try {
            for (Future<?> record : sent) {
                record.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (ExecutionException e) {
            return false;
        } catch (TimeoutException e) {
            throw new KafkaException("the producer does not answer", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Ends whatever goes on, from any thread. */
    void abort() {
        producer.close(Duration.ZERO);
    }

    @Override
    public void close() {
        producer.close(RelaySession.CLOSING);
    }
}

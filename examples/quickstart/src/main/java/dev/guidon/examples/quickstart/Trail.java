package dev.guidon.examples.quickstart;

import dev.guidon.audit.FlagChangeDeserializer;
import dev.guidon.audit.FlagChangeEvent;
import dev.guidon.audit.FlagChangeEvent.Changed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads the audit topic, as any consumer of it would, and tells the pages each record as it arrives. */
@RestController
@Profile("full")
class Trail implements SmartLifecycle {

    private static final int KEPT = 20;

    private final Live live;
    private final KafkaConsumer<String, FlagChangeEvent> consumer;
    private final Thread thread = new Thread(this::follow, "trail");
    private final Deque<Line> latest = new ArrayDeque<>();

    Trail(
            Live live,
            @Value("${spring.kafka.bootstrap-servers}") String servers,
            @Value("${quickstart.audit-topic}") String topic) {
        this.live = live;
        // What belongs to a transaction that has not been committed is not for us to see.
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", servers,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false"),
                new StringDeserializer(),
                new FlagChangeDeserializer());
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        thread.setDaemon(true);
    }

    /** The latest records, the newest first. */
    @GetMapping("/api/audit")
    List<Line> latest() {
        synchronized (latest) {
            return List.copyOf(latest);
        }
    }

    private void follow() {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofSeconds(10)).forEach(this::read);
            }
        } catch (WakeupException end) {
            // It was stopped.
        }
    }

    private void read(ConsumerRecord<String, FlagChangeEvent> record) {
        if (record.value() instanceof Changed changed) {
            Line line = Line.of(record.offset(), changed);
            synchronized (latest) {
                latest.addFirst(line);
                if (latest.size() > KEPT) {
                    latest.removeLast();
                }
            }
            live.tell("audit", line);
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        consumer.wakeup();
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** One record, for people. */
    record Line(
            long offset,
            long revision,
            Instant at,
            String type,
            String flag,
            String actor,
            @Nullable String reason,
            @Nullable String patch) {

        static Line of(long offset, Changed changed) {
            FlagChangeEvent.Entry entry = changed.entry();
            return new Line(
                    offset,
                    entry.revision().number(),
                    entry.at(),
                    changed.type().toString(),
                    changed.id().key(),
                    entry.actor(),
                    entry.reason(),
                    changed.patch());
        }
    }
}

package dev.guidon.examples.quickstart;

import dev.guidon.audit.FlagChangeEvent;
import dev.guidon.audit.FlagChangeEvent.Changed;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads the audit topic, as any consumer of it would, and tells the pages each record as it arrives. */
@RestController
@Profile("full")
class Trail {

    private static final int KEPT = 20;

    private final Live live;
    private final List<Line> latest = new CopyOnWriteArrayList<>();

    Trail(Live live) {
        this.live = live;
    }

    @KafkaListener(topics = "${guidon.audit.topic.name}")
    void read(ConsumerRecord<String, FlagChangeEvent> record) {
        if (record.value() instanceof Changed changed) {
            Line line = Line.of(record.offset(), changed);
            latest.add(0, line);
            if (latest.size() > KEPT) {
                latest.remove(KEPT);
            }
            live.tell("audit", line);
        }
    }

    /** The latest records, the newest first. */
    @GetMapping("/api/audit")
    List<Line> latest() {
        return latest;
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

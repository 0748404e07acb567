package dev.guidon.audit;

import dev.guidon.fixtures.KafkaBroker;
import dev.guidon.store.FlagStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One broker for all tests that leave it alone, and what they ask it. */
final class Kafka {

    /** How long to wait for what comes soon, unless the machine has much else to do. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AtomicInteger NAMES = new AtomicInteger();

    private Kafka() {}

    /** {@return a broker that nobody harms, and that makes a topic for whoever asks for it} */
    static KafkaBroker broker() {
        return Holder.BROKER;
    }

    /** {@return a name that no other test has} */
    static String name(String beginning) {
        return beginning + "-" + NAMES.incrementAndGet();
    }

    /** {@return the revision that the relays to a topic have told a store to be in it; -1 if none has} */
    static long registered(FlagStore store, String topic) {
        return store.changes().retained().entrySet().stream()
                .filter(consumer -> consumer.getKey().startsWith("audit-kafka:" + topic + ":"))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(-1);
    }

    /** {@return all records of a topic} */
    static List<ConsumerRecord<byte[], byte[]>> records(Map<String, Object> client, String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        TopicScan.read(ClientSettings.ofReader(client).consumer(), topic, records::add);
        return records;
    }

    /** {@return the settings with more} */
    static Map<String, Object> with(Map<String, Object> client, Object... more) {
        Map<String, Object> all = new HashMap<>(client);
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], more[i + 1]);
        }
        return all;
    }

    private static final class Holder {
        static final KafkaBroker BROKER = KafkaBroker.start("auto.create.topics.enable=true");
    }
}

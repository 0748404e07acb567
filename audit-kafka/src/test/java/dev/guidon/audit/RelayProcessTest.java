package dev.guidon.audit;

import static org.awaitility.Awaitility.await;

import dev.guidon.fixtures.RedisServer;
import dev.guidon.redis.RedisFlagStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Every change is in the topic exactly once, in order, with the chain whole, though")
@Timeout(600)
class RelayProcessTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final String topic = Kafka.name("process");
    private final Map<String, Object> client = Kafka.with(Kafka.broker().clientProperties(), Faults.IMPATIENT);
    private final List<RelayProcess> relays = new ArrayList<>();
    private RedisServer redis;
    private RedisFlagStore store;
    private Editor editor;

    @BeforeEach
    void start() {
        redis = RedisServer.start("appendfsync no");
        store = RedisFlagStore.builder(topic).uri(redis.uri()).logLength(50_000).build();
        editor = new Editor(store);
    }

    @AfterEach
    void stop() {
        relays.forEach(RelayProcess::close);
        store.close();
        redis.close();
    }

    @Test
    @DisplayName("the process of the relay is killed again and again while changes are made")
    void killed() {
        Random random = new Random(1);
        relay();
        awaitPublished(commit(10));
        int committed = 10;

        for (int kill = 0; kill < Faults.KILLS; kill++) {
            int part = (Faults.CHANGES - committed) / (Faults.KILLS - kill + 1);
            committed += part;
            long before = commit(part - random.nextInt(part / 2));
            awaitPublished(before - random.nextInt(part / 4));
            relays.get(relays.size() - 1).close();
            relay();
            commit(random.nextInt(part / 2));
        }
        commit(Math.max(1, Faults.CHANGES - (int) head()));

        awaitPublished(head());
        FoundTrail.assertWhole(store, client, topic);
    }

    @Test
    @DisplayName("three relays run at once, and the active one is killed")
    void overlapping() {
        relay();
        relay();
        relay();
        for (int i = 0; i < 3; i++) {
            awaitPublished(commit(200));
            commit(200);
            relays.get(i).close();
            relay();
        }

        awaitPublished(head());
        FoundTrail.assertWhole(store, client, topic);
    }

    @Test
    @DisplayName("the relay is frozen past the time that its transaction may take, relieved, and wakes up")
    void frozen() {
        client.put("transaction.timeout.ms", 3_000);
        client.put("delivery.timeout.ms", 3_000);
        client.put("request.timeout.ms", 2_000);
        RelayProcess first = relay();
        long begun = commit(100);
        awaitPublished(begun);
        commit(200);

        first.pause();
        relay();
        awaitPublished(commit(200));
        first.resume();
        commit(200);
        awaitPublished(head());
        first.close();
        commit(50);

        awaitPublished(head());
        FoundTrail.assertWhole(store, client, topic);
    }

    @Test
    @DisplayName("the only relay is frozen past the time that its transaction may take, and goes on by itself")
    void frozenAlone() {
        client.put("transaction.timeout.ms", 2_000);
        client.put("delivery.timeout.ms", 2_000);
        client.put("request.timeout.ms", 1_000);
        RelayProcess only = relay();
        awaitPublished(commit(50));
        commit(300);

        only.pause();
        long frozen = System.nanoTime();
        await().atMost(LONG)
                .until(() -> System.nanoTime() - frozen > Duration.ofSeconds(5).toNanos());
        only.resume();
        commit(50);

        awaitPublished(head());
        FoundTrail.assertWhole(store, client, topic);
    }

    private RelayProcess relay() {
        RelayProcess relay = RelayProcess.start(redis.uri(), topic, topic, client);
        relays.add(relay);
        return relay;
    }

    private long commit(int changeSets) {
        editor.commit(changeSets);
        return head();
    }

    private long head() {
        return store.changes().head().number();
    }

    /** Waits until the relays have reached a revision, as they tell the store. */
    private void awaitPublished(long revision) {
        await().atMost(LONG)
                .failFast(() -> relays.get(relays.size() - 1).log().contains("Exception in thread"))
                .until(() -> Kafka.registered(store, topic) >= revision);
    }
}

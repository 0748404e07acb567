package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.audit.RelayStatus.State;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.redis.RedisFlagStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A relay whose position Redis refuses to note")
@Timeout(120)
class RefusedNoteTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final String topic = Kafka.name("refused");
    private final Map<String, Object> client = Kafka.with(Kafka.broker().clientProperties(), Faults.IMPATIENT);

    @Test
    @DisplayName("for want of replicas stays active with nobody committing, and says that")
    void noReplicas() {
        try (RedisServer redis = RedisServer.start("appendfsync no");
                RedisFlagStore store = RedisFlagStore.open(redis.uri(), topic);
                AuditRelay relay = start(store)) {
            new Editor(store).commit(10);
            FoundTrail.awaitAll(store, relay);

            redis.command("CONFIG", "SET", "min-replicas-to-write", "1");

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(relay.status().problem())
                            .contains("it publishes, but cannot note its position in the store", "NOREPLICAS"));
            assertThat(relay.status().state()).isEqualTo(State.ACTIVE);
            assertThat(relay.status().lag()).isZero();
            redis.command("CONFIG", "SET", "min-replicas-to-write", "0");
            await().atMost(LONG).until(() -> relay.status().problem() == null);
        }
    }

    private AuditRelay start(RedisFlagStore store) {
        return AuditRelay.builder(store)
                .topic(AuditTopic.named(topic))
                .kafka(client)
                .longestRetry(Duration.ofSeconds(1))
                .start();
    }
}

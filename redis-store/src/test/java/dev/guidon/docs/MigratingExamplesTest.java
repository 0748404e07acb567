package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.FlagsListener;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.json.FlagFormat;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.FlagStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page on moving, from keys in Redis")
class MigratingExamplesTest {

    @Test
    @DisplayName("takes over flags in one commit, and leaves out what would mean something else")
    void takesOver() {
        try (RedisServer server = RedisServer.start();
                RedisClient client = RedisClient.create(server.uri());
                StatefulRedisConnection<String, String> connection = client.connect();
                FlagStore store = RedisFlagStore.open(server.uri(), "production")) {
            RedisCommands<String, String> redis = connection.sync();
            redis.set("flag:dark-mode", "{\"enabled\": true}");
            redis.set("flag:banner", "{\"enabled\": false}");
            redis.set("flag:search", "{\"enabled\": true, \"percentage\": 20}");
            redis.set("flag:broken", "{\"enabled\": ");

            List<Flag> found = new ArrayList<>();
            ScanIterator.scan(redis, ScanArgs.Builder.matches("flag:*")).forEachRemaining(key -> {
                DefinitionKey id = DefinitionKey.flag(key.substring("flag:".length()));
                try {
                    found.add((Flag) FlagFormat.parse(id, redis.get(key)));
                } catch (IllegalArgumentException refused) {
                    System.out.println(key + " was left out: " + refused.getMessage());
                }
            });
            takeOver(store, found);

            assertThat(store.load().flags()).containsOnlyKeys("dark-mode", "banner");
            assertThat(store.load().revision().number()).isEqualTo(1);

            FlagEditor.of(store, "ada@example.com").set("banner", true);
            takeOver(store, found);

            assertThat(store.load().revision().number()).isEqualTo(2);
            assertThat(store.load().flag("banner"))
                    .get()
                    .extracting(Flag::enabled)
                    .isEqualTo(true);
        }
    }

    private static void takeOver(FlagStore store, List<Flag> found) {
        Set<String> there = store.load().flags().keySet();
        FlagEditor.of(store, "ada@example.com")
                .because("from the script")
                .batch(changes -> found.stream()
                        .filter(flag -> !there.contains(flag.key()))
                        .forEach(changes::create));
    }

    @Test
    @DisplayName("writes what the script reads, while both run")
    void informsTheScript() throws Exception {
        try (RedisServer server = RedisServer.start();
                RedisClient client = RedisClient.create(server.uri());
                StatefulRedisConnection<String, String> connection = client.connect();
                FlagStore store = RedisFlagStore.open(server.uri(), "production");
                FeatureFlags flags = FeatureFlags.of(store)) {
            RedisCommands<String, String> redis = connection.sync();
            FlagEditor editor = FlagEditor.of(store, "ada@example.com");
            flags.await(editor.set("banner", true), Duration.ofSeconds(10));

            FlagsListener script = new FlagsListener() {
                @Override
                public void flagsChanged(Revision revision, Set<String> keys) {
                    Snapshot snapshot = flags.snapshot();
                    for (String key : keys) {
                        if (snapshot.definitions().flag(key).isPresent()) {
                            boolean enabled = snapshot.getBooleanValue(key, false, EvaluationContext.EMPTY);
                            redis.set("flag:" + key, "{\"enabled\": " + enabled + "}");
                        } else {
                            redis.del("flag:" + key);
                        }
                    }
                }
            };
            flags.addListener(script);
            script.flagsChanged(
                    flags.snapshot().revision(),
                    flags.snapshot().definitions().flags().keySet());

            assertThat(redis.get("flag:banner")).isEqualTo("{\"enabled\": true}");
            editor.set("dark-mode", true);
            await().untilAsserted(() -> assertThat(redis.get("flag:dark-mode")).isEqualTo("{\"enabled\": true}"));
            editor.disable("dark-mode");
            await().untilAsserted(() -> assertThat(redis.get("flag:dark-mode")).isEqualTo("{\"enabled\": false}"));
            editor.delete("dark-mode");
            await().untilAsserted(
                            () -> assertThat(redis.exists("flag:dark-mode")).isZero());
        }
    }
}

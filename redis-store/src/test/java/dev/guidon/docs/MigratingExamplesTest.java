package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FlagEditor;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.json.FlagFormat;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.FlagStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
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
            FlagEditor.of(store, "ada@example.com")
                    .because("from the script")
                    .batch(changes -> found.forEach(changes::create));

            assertThat(store.load().flags()).containsOnlyKeys("dark-mode", "banner");
            assertThat(store.load().revision().number()).isEqualTo(1);
        }
    }
}

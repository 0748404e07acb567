package dev.guidon.benchmarks;

import dev.guidon.fixtures.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import tools.jackson.databind.json.JsonMapper;

/** The ceiling: a flag is JSON in Redis, which every check reads and parses, as home-made flags often do. */
final class RedisPerCall extends Contender<User> {

    private final RedisServer server = RedisServer.start();
    private final RedisClient client = RedisClient.create(server.uri());
    private final StatefulRedisConnection<String, String> connection = client.connect();
    private final RedisCommands<String, String> redis = connection.sync();
    private final JsonMapper json = new JsonMapper();

    RedisPerCall() {
        redis.set(
                "feature:plain",
                "{\"enabled\": true, \"description\": \"One-page checkout\", \"owner\": \"team-checkout\"}");
    }

    @Override
    User context(User user) {
        return user;
    }

    @Override
    boolean plain(User user) {
        return isEnabled("plain");
    }

    @Override
    boolean unknown(User user) {
        return isEnabled("unknown");
    }

    private boolean isEnabled(String key) {
        String flag = redis.get("feature:" + key);
        return flag != null && json.readTree(flag).path("enabled").asBoolean();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
        server.close();
    }
}

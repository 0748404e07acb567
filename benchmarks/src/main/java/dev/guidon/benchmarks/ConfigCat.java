package dev.guidon.benchmarks;

import com.configcat.ConfigCatClient;
import com.configcat.LogLevel;
import com.configcat.OverrideBehaviour;
import com.configcat.OverrideDataSourceBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;

/** The Java SDK with its flags overridden by a local file, and comparisons in clear text, which are its faster ones. */
final class ConfigCat extends Contender<com.configcat.User> {

    private final ConfigCatClient client;

    ConfigCat() {
        String file = TemporaryFile.of(".json", json()).toString();
        client = ConfigCatClient.get("localhost", options -> {
            options.flagOverrides(OverrideDataSourceBuilder.localFile(file, false), OverrideBehaviour.LOCAL_ONLY);
            options.logLevel(LogLevel.NO_LOG);
        });
    }

    private static String json() {
        String listed = User.listed().stream().map(id -> '"' + id + '"').collect(Collectors.joining(","));
        return """
            {"p": {"s": "c2FsdA=="}, "f": {
              "plain": {"t": 0, "v": {"b": true}},
              "rules": {"t": 0, "v": {"b": false}, "r": [
                {"c": [{"u": {"a": "Country", "c": 0, "l": ["FR", "US"]}}], "s": {"v": {"b": true}}},
                {"c": [{"u": {"a": "plan", "c": 28, "s": "enterprise"}}], "s": {"v": {"b": true}}},
                {"c": [{"u": {"a": "Email", "c": 32, "l": ["@example.com"]}}], "s": {"v": {"b": true}}}]},
              "50-50": {"t": 0, "v": {"b": false}, "p": [{"p": 50, "v": {"b": true}}, {"p": 50, "v": {"b": false}}]},
              "4-way": {"t": 1, "v": {"s": ""}, "p": [{"p": 25, "v": {"s": "a"}}, {"p": 25, "v": {"s": "b"}},
                {"p": 25, "v": {"s": "c"}}, {"p": 25, "v": {"s": "d"}}]},
              "list": {"t": 0, "v": {"b": false}, "r": [
                {"c": [{"u": {"a": "Identifier", "c": 0, "l": [%s]}}], "s": {"v": {"b": true}}}]}
            }}
            """.formatted(listed);
    }

    @Override
    com.configcat.User context(User user) {
        return new com.configcat.User.Builder()
                .country(user.country())
                .email(user.email())
                .custom(Map.of("plan", user.plan()))
                .build(user.id());
    }

    @Override
    boolean plain(com.configcat.User user) {
        return client.getValue(Boolean.class, "plain", user, false);
    }

    @Override
    boolean rules(com.configcat.User user) {
        return client.getValue(Boolean.class, "rules", user, false);
    }

    @Override
    boolean half(com.configcat.User user) {
        return client.getValue(Boolean.class, "50-50", user, false);
    }

    @Override
    String variants(com.configcat.User user) {
        return client.getValue(String.class, "4-way", user, "");
    }

    @Override
    boolean unknown(com.configcat.User user) {
        return client.getValue(Boolean.class, "unknown", user, false);
    }

    @Override
    boolean list(com.configcat.User user) {
        return client.getValue(Boolean.class, "list", user, false);
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

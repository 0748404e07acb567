package dev.guidon.benchmarks;

import io.split.client.SplitClient;
import io.split.client.SplitClientConfig;
import io.split.client.SplitFactory;
import io.split.client.SplitFactoryBuilder;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Java SDK in its localhost mode, with flags from a JSON file. */
final class Split extends Contender<Split.Asked> {

    private final SplitFactory factory;
    private final SplitClient client;

    record Asked(String key, Map<String, Object> attributes) {}

    Split() {
        try {
            SplitClientConfig config = SplitClientConfig.builder()
                    .splitFile(TemporaryFile.of(".json", json()).toString())
                    .setBlockUntilReadyTimeout(10_000)
                    .build();
            factory = SplitFactoryBuilder.build("localhost", config);
            client = factory.client();
            client.blockUntilReady();
        } catch (Exception e) {
            throw new IllegalStateException("Split does not start", e);
        }
    }

    private static String json() {
        String all = matcher(null, "ALL_KEYS");
        String off = condition(all, "{'treatment': 'off', 'size': 100}");
        String on = "{'treatment': 'on', 'size': 100}";
        String listed = User.listed().stream().map(id -> "'" + id + "'").collect(Collectors.joining(","));
        String flags = Stream.of(
                        flag("plain", condition(all, on)),
                        flag(
                                "rules",
                                condition(whitelist("country", "WHITELIST", "'FR', 'US'"), on),
                                condition(whitelist("plan", "WHITELIST", "'enterprise'"), on),
                                condition(whitelist("email", "ENDS_WITH", "'@example.com'"), on),
                                off),
                        flag(
                                "50-50",
                                condition(all, "{'treatment': 'on', 'size': 50}, {'treatment': 'off', 'size': 50}")),
                        flag(
                                "4-way",
                                condition(
                                        all,
                                        Stream.of("a", "b", "c", "d")
                                                .map(name -> "{'treatment': '" + name + "', 'size': 25}")
                                                .collect(Collectors.joining(", ")))),
                        flag("list", condition(whitelist(null, "WHITELIST", listed), on), off))
                .collect(Collectors.joining(",\n"));
        return ("{'ff': {'d': [" + flags + "], 's': -1, 't': -1}, 'rbs': {'d': [], 's': -1, 't': -1}}")
                .replace('\'', '"');
    }

    private static String flag(String name, String... conditions) {
        return """
            {'trafficTypeName': 'user', 'name': '%s', 'trafficAllocation': 100, 'trafficAllocationSeed': 7, 'seed': 8, 'status': 'ACTIVE',
             'killed': false, 'defaultTreatment': 'off', 'changeNumber': 1, 'algo': 2, 'configurations': {}, 'conditions': [%s]}
            """.formatted(name, String.join(", ", conditions));
    }

    private static String condition(String matcher, String partitions) {
        return """
            {'conditionType': 'ROLLOUT', 'matcherGroup': {'combiner': 'AND', 'matchers': [%s]}, 'partitions': [%s], 'label': 'rule'}
            """.formatted(matcher, partitions);
    }

    private static String matcher(@Nullable String attribute, String type) {
        return "{'keySelector': {'trafficType': 'user', 'attribute': "
                + (attribute == null ? "null" : "'" + attribute + "'") + "}, 'matcherType': '" + type
                + "', 'negate': false}";
    }

    private static String whitelist(@Nullable String attribute, String type, String values) {
        String matcher = matcher(attribute, type);
        return matcher.substring(0, matcher.length() - 1) + ", 'whitelistMatcherData': {'whitelist': [" + values
                + "]}}";
    }

    @Override
    Asked context(User user) {
        return new Asked(user.id(), Map.of("country", user.country(), "plan", user.plan(), "email", user.email()));
    }

    @Override
    boolean plain(Asked user) {
        return isOn("plain", user);
    }

    @Override
    boolean rules(Asked user) {
        return isOn("rules", user);
    }

    @Override
    boolean half(Asked user) {
        return isOn("50-50", user);
    }

    @Override
    String variants(Asked user) {
        return client.getTreatment(user.key, "4-way", user.attributes);
    }

    @Override
    boolean unknown(Asked user) {
        return isOn("unknown", user);
    }

    @Override
    boolean list(Asked user) {
        return isOn("list", user);
    }

    private boolean isOn(String flag, Asked user) {
        return client.getTreatment(user.key, flag, user.attributes).equals("on");
    }

    @Override
    public void close() {
        client.destroy();
        factory.destroy();
    }
}

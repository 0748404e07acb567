package dev.guidon.benchmarks;

import io.getunleash.DefaultUnleash;
import io.getunleash.Unleash;
import io.getunleash.UnleashContext;
import io.getunleash.util.UnleashConfig;
import java.util.Optional;
import java.util.stream.Collectors;

/** The Java SDK, bootstrapped with its flags, so that it needs no server; each strategy turns its flag on. */
final class UnleashContender extends Contender<UnleashContext> {

    private final Unleash unleash;

    UnleashContender() {
        String json = json();
        unleash = new DefaultUnleash(UnleashConfig.builder()
                .appName("benchmarks")
                .instanceId("benchmarks")
                .unleashAPI("http://127.0.0.1:9/api")
                .toggleBootstrapProvider(() -> Optional.of(json))
                .disablePolling()
                .disableMetrics()
                .build());
    }

    private static String json() {
        String listed = User.listed().stream().map(id -> '"' + id + '"').collect(Collectors.joining(","));
        return """
            {"version": 2, "features": [
              {"name": "plain", "enabled": true, "strategies": [{"name": "default"}]},
              {"name": "rules", "enabled": true, "strategies": [
                {"name": "default", "constraints": [{"contextName": "country", "operator": "IN", "values": ["FR", "US"]}]},
                {"name": "default", "constraints": [{"contextName": "plan", "operator": "IN", "values": ["enterprise"]}]},
                {"name": "default", "constraints": [{"contextName": "email", "operator": "STR_ENDS_WITH", "values": ["@example.com"]}]}]},
              {"name": "50-50", "enabled": true, "strategies": [
                {"name": "flexibleRollout", "parameters": {"rollout": "50", "stickiness": "userId", "groupId": "50-50"}}]},
              {"name": "4-way", "enabled": true, "strategies": [{"name": "default"}], "variants": [
                {"name": "a", "weight": 250, "weightType": "variable", "stickiness": "userId"},
                {"name": "b", "weight": 250, "weightType": "variable", "stickiness": "userId"},
                {"name": "c", "weight": 250, "weightType": "variable", "stickiness": "userId"},
                {"name": "d", "weight": 250, "weightType": "variable", "stickiness": "userId"}]},
              {"name": "list", "enabled": true, "strategies": [
                {"name": "default", "constraints": [{"contextName": "userId", "operator": "IN", "values": [%s]}]}]}
            ]}
            """.formatted(listed);
    }

    @Override
    UnleashContext context(User user) {
        return UnleashContext.builder()
                .userId(user.id())
                .addProperty("country", user.country())
                .addProperty("plan", user.plan())
                .addProperty("email", user.email())
                .build();
    }

    @Override
    boolean plain(UnleashContext context) {
        return unleash.isEnabled("plain", context);
    }

    @Override
    boolean rules(UnleashContext context) {
        return unleash.isEnabled("rules", context);
    }

    @Override
    boolean half(UnleashContext context) {
        return unleash.isEnabled("50-50", context);
    }

    @Override
    String variants(UnleashContext context) {
        return unleash.getVariant("4-way", context).getName();
    }

    @Override
    boolean unknown(UnleashContext context) {
        return unleash.isEnabled("unknown", context);
    }

    @Override
    boolean list(UnleashContext context) {
        return unleash.isEnabled("list", context);
    }

    @Override
    public void close() {
        unleash.shutdown();
    }
}

package dev.guidon.benchmarks;

import dev.openfeature.contrib.providers.flagd.Config;
import dev.openfeature.contrib.providers.flagd.FlagdOptions;
import dev.openfeature.contrib.providers.flagd.FlagdProvider;
import java.util.stream.Collectors;

/** The flagd provider that evaluates in the process, with flags from a file. */
final class Flagd extends OpenFeatureContender {

    Flagd() {
        super(new FlagdProvider(FlagdOptions.builder()
                .resolverType(Config.Resolver.FILE)
                .offlineFlagSourcePath(TemporaryFile.of(".json", json()).toString())
                .deadline(30_000)
                .build()));
    }

    private static String json() {
        String listed = User.listed().stream().map(id -> '"' + id + '"').collect(Collectors.joining(","));
        return """
            {"$schema": "https://flagd.dev/schema/v0/flags.json", "flags": {
              "plain": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on"},
              "rules": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "off", "targeting":
                {"if": [{"in": [{"var": "country"}, ["FR", "US"]]}, "on",
                        {"==": [{"var": "plan"}, "enterprise"]}, "on",
                        {"ends_with": [{"var": "email"}, "@example.com"]}, "on",
                        "off"]}},
              "50-50": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "off", "targeting":
                {"fractional": [["on", 50], ["off", 50]]}},
              "4-way": {"state": "ENABLED", "variants": {"a": "a", "b": "b", "c": "c", "d": "d"}, "defaultVariant": "a", "targeting":
                {"fractional": [["a", 25], ["b", 25], ["c", 25], ["d", 25]]}},
              "list": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "off", "targeting":
                {"if": [{"in": [{"var": "targetingKey"}, [%s]]}, "on", "off"]}}
            }}
            """.formatted(listed);
    }
}

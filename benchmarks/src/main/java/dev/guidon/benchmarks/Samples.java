package dev.guidon.benchmarks;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import dev.guidon.json.FlagFormat;
import java.util.stream.IntStream;

/** Flags as applications have them: two rules by attributes, and a rollout. */
final class Samples {

    private Samples() {}

    static Flag[] flags(int count) {
        return IntStream.range(0, count).mapToObj(Samples::flag).toArray(Flag[]::new);
    }

    static String json(int count) {
        return FlagFormat.writeJson(Definitions.of(flags(count)));
    }

    static Flag flag(int i) {
        return Flag.bool("flag-" + i, true)
                .withRules(
                        new Rule("staff", Attribute.of("plan").equalTo("staff-" + i), "on"),
                        new Rule("country", Attribute.of("country").equalTo("X" + i), "off"),
                        Rule.serving("on").withId("half").withRollout(50))
                .withFallthrough(Serve.variant("off"));
    }
}

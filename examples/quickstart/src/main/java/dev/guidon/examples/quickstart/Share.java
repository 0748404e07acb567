package dev.guidon.examples.quickstart;

import dev.guidon.definition.Flag;
import dev.guidon.definition.Percent;
import dev.guidon.definition.Rollout;
import dev.guidon.definition.Rule;
import org.jspecify.annotations.Nullable;

/** The percentage of a flag's rollout, of those flags that have one rule with a rollout. */
final class Share {

    private Share() {}

    /** The percentage; null if the flag has none. */
    static @Nullable Percent of(Flag flag) {
        return flag.rules().stream()
                .filter(rule -> rule.rollout() instanceof Rollout.Fixed)
                .map(rule -> ((Rollout.Fixed) rule.rollout()).percent())
                .findFirst()
                .orElse(null);
    }

    static Flag change(Flag flag, Percent percent) {
        return flag.withRules(
                flag.rules().stream().map(rule -> change(rule, percent)).toArray(Rule[]::new));
    }

    private static Rule change(Rule rule, Percent percent) {
        if (!(rule.rollout() instanceof Rollout.Fixed fixed)) {
            return rule;
        }
        Rollout changed = new Rollout.Fixed(percent, fixed.assignment(), fixed.extra());
        return new Rule(rule.id(), rule.description(), rule.when(), changed, rule.serve(), rule.extra());
    }
}

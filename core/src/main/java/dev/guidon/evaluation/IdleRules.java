package dev.guidon.evaluation;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Percent;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Rollout;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the rules of a flag without which everybody would get the same. Says nothing where it is not certain. */
final class IdleRules {

    private IdleRules() {}

    static List<Problem> notices(Flag flag) {
        List<Problem> notices = new ArrayList<>();
        List<Rule> rules = flag.rules();
        int end = 0;
        while (end < rules.size() && (end == 0 || !takesAll(rules.get(end - 1)))) {
            end++;
        }
        int changing = end;
        while (changing > 0 && servesLike(flag.fallthrough(), rules.get(changing - 1))) {
            changing--;
        }
        for (int i = changing; i < end; i++) {
            notices.add(new Problem(
                    path(i),
                    "a rule that changes nothing, since the fallthrough serves the same",
                    "rules that serve something else than the fallthrough"));
        }
        for (int i = end; i < rules.size(); i++) {
            notices.add(new Problem(
                    path(i),
                    "a rule that is never reached, since " + path(end - 1) + " is for everybody",
                    "a rule for everybody only as the last one"));
        }
        return notices;
    }

    private static String path(int rule) {
        return "rules[" + rule + "]";
    }

    /** Whether no context gets to the next rule. */
    private static boolean takesAll(Rule rule) {
        return rule.when() == null && includesAll(rule.rollout()) && hasNoGap(rule.serve());
    }

    private static boolean includesAll(@Nullable Rollout rollout) {
        return rollout == null
                || (rollout instanceof Rollout.Fixed fixed
                        && fixed.percent().equals(Percent.HUNDRED)
                        && whenMissing(rollout.assignment(), WhenMissing.SKIP) != WhenMissing.SKIP);
    }

    private static boolean hasNoGap(Serve serve) {
        return serve instanceof Serve.Variant
                || (serve instanceof Serve.WeightedSplit split
                        && split.total() == Serve.WeightedSplit.sum(split.shares())
                        && whenMissing(split.assignment(), WhenMissing.OFF) != WhenMissing.SKIP);
    }

    /** Whether whoever the rule picks would get the same from the fallthrough. A rollout may besides answer those without a value. */
    private static boolean servesLike(@Nullable Serve fallthrough, Rule rule) {
        WhenMissing missing = rule.rollout() == null
                ? WhenMissing.SKIP
                : whenMissing(rule.rollout().assignment(), WhenMissing.SKIP);
        return rule.serve().equals(fallthrough) && (missing == WhenMissing.SKIP || missing == WhenMissing.FIRST);
    }

    private static WhenMissing whenMissing(Assignment assignment, WhenMissing byDefault) {
        return assignment.whenMissing() == null ? byDefault : assignment.whenMissing();
    }
}

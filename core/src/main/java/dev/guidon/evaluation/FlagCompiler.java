package dev.guidon.evaluation;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Prerequisite;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import dev.guidon.definition.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills one compiled flag. */
final class FlagCompiler {

    private final Flag flag;
    private final ConditionCompiler conditions;
    private final Map<String, CompiledFlag> flags;

    FlagCompiler(Flag flag, ConditionCompiler conditions, Map<String, CompiledFlag> flags) {
        this.flag = flag;
        this.conditions = conditions;
        this.flags = flags;
    }

    /** Takes what does not depend on other flags and segments from what the same flag was compiled to before, if it was. */
    void fill(CompiledFlag compiled, @Nullable CompiledFlag before) {
        Targeting known = before == null ? null : before.filled();
        List<Targeting.Prerequisite> prerequisites =
                flag.prerequisites().stream().map(this::prerequisite).toList();
        List<CompiledRule> rules = new ArrayList<>();
        for (Rule rule : flag.rules()) {
            int i = rules.size();
            rules.add(rule(i, rule, known == null ? null : known.rules()[i].when()));
        }
        boolean plain = rules.isEmpty() && prerequisites.isEmpty();
        Reason reason = plain ? Reason.STATIC : Reason.DEFAULT;
        CompiledServe fallthrough = flag.fallthrough() == null ? null : serve(flag.fallthrough(), reason, null);
        compiled.fill(new Targeting(prerequisites, rules, fallthrough, outcome(null, Reason.DEFAULT, null)));
        if (!flag.enabled() || flag.archived()) {
            compiled.disableWith(outcome(flag.offVariant(), Reason.DISABLED, null));
        }
    }

    private Targeting.Prerequisite prerequisite(Prerequisite needed) {
        Outcome failed = outcome(flag.offVariant(), Reason.PREREQUISITE_FAILED, null, needed.flag());
        return new Targeting.Prerequisite(flags.get(needed.flag()), Set.copyOf(needed.variants()), failed);
    }

    private CompiledRule rule(int i, Rule rule, @Nullable Criterion before) {
        String id = rule.id() == null ? "rules[" + i + "]" : rule.id();
        Criterion when = conditions.compile("rules[" + i + "].when", rule.when(), before);
        CompiledRollout rollout = conditions.rollout(rule.rollout());
        Reason reason = rollout == null ? Reason.TARGETING_MATCH : Reason.SPLIT;
        CompiledServe serve = serve(rule.serve(), reason, id);
        Outcome missing = rollout == null ? null : missing(rollout.whenMissing(), id, null);
        return new CompiledRule(when, rollout, serve, missing);
    }

    private CompiledServe serve(Serve serve, Reason reason, @Nullable String ruleId) {
        if (serve instanceof Serve.Variant one) {
            return outcome(one.variant(), reason, ruleId);
        }
        Assignment assignment =
                serve instanceof Serve.WeightedSplit w ? w.assignment() : ((Serve.RangeSplit) serve).assignment();
        Bucketer bucketer = conditions.bucketer(assignment, "split");
        return serve instanceof Serve.WeightedSplit weighted
                ? weighted(bucketer, weighted, ruleId)
                : ranges(bucketer, (Serve.RangeSplit) serve, ruleId);
    }

    private CompiledServe weighted(Bucketer bucketer, Serve.WeightedSplit split, @Nullable String ruleId) {
        List<Serve.Weight> weights =
                split.shares().stream().filter(share -> share.weight() > 0).toList();
        long[] limits =
                bucketer.limits(weights.stream().mapToLong(Serve.Weight::weight).toArray(), split.total());
        List<CompiledSplit.Share> shares = new ArrayList<>();
        for (int i = 0; i < limits.length; i++) {
            long from = i == 0 ? Bucketer.NOBODY : limits[i - 1];
            shares.add(new CompiledSplit.Share(
                    from, limits[i], outcome(weights.get(i).variant(), Reason.SPLIT, ruleId)));
        }
        return split(bucketer, shares, ruleId);
    }

    private CompiledServe ranges(Bucketer bucketer, Serve.RangeSplit split, @Nullable String ruleId) {
        List<CompiledSplit.Share> shares = split.shares().stream()
                .map(range -> new CompiledSplit.Share(
                        bucketer.limit(range.from()),
                        bucketer.limit(range.to()),
                        outcome(range.variant(), Reason.SPLIT, ruleId)))
                .toList();
        return split(bucketer, shares, ruleId);
    }

    private CompiledServe split(Bucketer bucketer, List<CompiledSplit.Share> shares, @Nullable String ruleId) {
        WhenMissing whenMissing = bucketer.whenMissing(WhenMissing.OFF);
        Outcome missing = missing(whenMissing, ruleId, shares.get(0).outcome());
        return new CompiledSplit(bucketer, shares, missing);
    }

    /** What a context without a value gets, by what the definition says; only that is made, for there are many rules. */
    private @Nullable Outcome missing(WhenMissing whenMissing, @Nullable String ruleId, @Nullable Outcome first) {
        return switch (whenMissing) {
            case SKIP -> null;
            case OFF -> withoutValue(flag.offVariant(), ruleId);
            case ERROR -> withoutValue(null, ruleId);
            case FIRST -> first;
        };
    }

    private Outcome withoutValue(@Nullable String variant, @Nullable String ruleId) {
        return outcome(variant, Reason.ERROR, ruleId).withoutValue();
    }

    private Outcome outcome(@Nullable String variant, Reason reason, @Nullable String ruleId) {
        return outcome(variant, reason, ruleId, null);
    }

    private Outcome outcome(
            @Nullable String variant, Reason reason, @Nullable String ruleId, @Nullable String prerequisite) {
        String error = variant == null ? null : flag.errors().get(variant);
        if (error != null) {
            return Outcome.error(
                    flag.key(),
                    ErrorCode.PARSE_ERROR,
                    "the flag '" + Shown.part(flag.key()) + "' is malformed here: " + error,
                    ruleId,
                    prerequisite);
        }
        FlagValue value = variant == null ? null : flag.variants().get(variant);
        return Outcome.of(flag.key(), flag.type(), variant, value, reason, ruleId, prerequisite);
    }

    static String salt(Flag flag) {
        return flag.salt() == null ? flag.key() : flag.salt();
    }
}

package dev.guidon.evaluation;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Comparison;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Prerequisite;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Serve;
import dev.guidon.evaluation.Explanation.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks a definition and its compiled form side by side and tells what each part gives. It decides nothing: every outcome comes from
 * the parts that evaluation itself uses.
 */
final class Explainer {

    private final Definitions definitions;
    private final Table<CompiledFlag> flags;
    private final Map<String, CompiledSegment> segments;
    private final EvaluationContext context;

    Explainer(
            Definitions definitions,
            Table<CompiledFlag> flags,
            Map<String, CompiledSegment> segments,
            EvaluationContext context) {
        this.definitions = definitions;
        this.flags = flags;
        this.segments = segments;
        this.context = context;
    }

    Explanation explain(Evaluation<FlagValue> evaluation) {
        List<Step> steps = new ArrayList<>();
        CompiledFlag compiled = flags.get(evaluation.flagKey());
        Flag flag = definitions.flag(evaluation.flagKey()).orElse(null);
        if (flag != null && compiled != null && !compiled.broken()) {
            try {
                steps(flag, compiled, steps);
            } catch (Throwable failure) {
                steps.add(new Step("evaluation", "failed", failure.toString(), List.of()));
            }
        }
        return new Explanation(definitions.revision(), evaluation, steps);
    }

    private void steps(Flag flag, CompiledFlag compiled, List<Step> steps) {
        if (!flag.enabled() || flag.archived()) {
            steps.add(new Step(
                    flag.archived() ? "archived" : "enabled", flag.archived() ? "yes" : "no", null, List.of()));
            return;
        }
        Targeting targeting = Objects.requireNonNull(compiled.targeting());
        for (int i = 0; i < flag.prerequisites().size(); i++) {
            Prerequisite needed = flag.prerequisites().get(i);
            boolean met = targeting.prerequisites()[i].met(context);
            steps.add(new Step(
                    "prerequisite " + needed.flag() + " serves one of " + needed.variants(),
                    met ? "met" : "not met",
                    served(needed.flag()),
                    List.of()));
            if (!met) {
                return;
            }
        }
        for (int i = 0; i < flag.rules().size(); i++) {
            Rule rule = flag.rules().get(i);
            CompiledRule compiledRule = targeting.rules()[i];
            Outcome outcome = compiledRule.serve(context);
            List<Step> inner = new ArrayList<>();
            condition("when", rule.when(), compiledRule.when(), flag.about().sensitive(), inner);
            if (compiledRule.when().test(context) == Truth.TRUE) {
                rolledOut(compiledRule, inner);
            }
            steps.add(new Step(
                    "rule " + (rule.id() == null ? "rules[" + i + "]" : rule.id()),
                    outcome == null ? "does not match" : "serves " + name(outcome),
                    null,
                    inner));
            if (outcome != null) {
                return;
            }
        }
        Serve fallthrough = flag.fallthrough();
        Outcome last = compiled.evaluate(context);
        List<Step> inner = new ArrayList<>();
        split(targeting.fallthrough(), inner);
        steps.add(new Step(
                "fallthrough", fallthrough == null ? "the caller's default" : "serves " + name(last), null, inner));
    }

    private void rolledOut(CompiledRule rule, List<Step> steps) {
        CompiledRollout rollout = rule.rollout();
        if (rollout != null) {
            long bucket = rollout.bucketer().bucket(context);
            steps.add(new Step(
                    "rollout",
                    rollout.includes(bucket) ? "included" : "not included",
                    bucket(rollout.bucketer(), bucket) + ", limit " + limit(rollout.bucketer(), rollout.limit()),
                    List.of()));
            if (!rollout.includes(bucket)) {
                return;
            }
        }
        split(rule.serve(), steps);
    }

    private void split(@Nullable CompiledServe serve, List<Step> steps) {
        if (serve instanceof CompiledSplit split) {
            long bucket = split.bucketer().bucket(context);
            Outcome outcome = split.serve(context);
            List<Step> shares = new ArrayList<>();
            for (CompiledSplit.Share share : split.shares()) {
                boolean in = share.has(bucket);
                shares.add(new Step(
                        name(share.outcome()),
                        Truth.of(in).name(),
                        range(split.bucketer(), share.from(), share.to()),
                        List.of()));
            }
            steps.add(new Step(
                    "split", outcome == null ? "a gap" : name(outcome), bucket(split.bucketer(), bucket), shares));
        }
    }

    private void condition(
            String what,
            @Nullable Condition condition,
            Criterion compiled,
            List<Attribute> sensitive,
            List<Step> steps) {
        if (condition == null) {
            return;
        }
        List<Condition> parts = List.of();
        if (condition instanceof Condition.All all) {
            parts = all.of();
        } else if (condition instanceof Condition.Any any) {
            parts = any.of();
        } else if (condition instanceof Condition.Not not) {
            parts = List.of(not.of());
        } else if (condition instanceof Condition.IsTrue isTrue) {
            parts = List.of(isTrue.of());
        }
        List<Step> inner = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            condition("", parts.get(i), compiled.inner().get(i), sensitive, inner);
        }
        String text = Describe.condition(condition, sensitive);
        // What was found may be what stands in for a missing value.
        String detail = condition instanceof Comparison comparison
                        && comparison.ifMissing() != null
                        && Describe.isHidden(comparison, sensitive)
                ? Describe.HIDDEN
                : detail(condition, compiled, inner);
        String name = what.isEmpty() ? text : what + " " + text;
        long refused = Meter.refused();
        Truth truth = compiled.test(context);
        String late = Meter.refused() == refused || !inner.isEmpty() ? null : "no time was left to compare it";
        String all = late == null ? detail : detail == null ? late : detail + "; " + late;
        steps.add(new Step(name, truth.name(), all, inner));
    }

    private @Nullable String detail(Condition condition, Criterion compiled, List<Step> inner) {
        if (compiled instanceof CompiledComparison comparison) {
            return found(comparison.found(context));
        } else if (compiled instanceof CompiledComparison.Existence existence) {
            return found(existence.lookup().in(context));
        } else if (compiled instanceof CompiledComparison.Lists lists) {
            return found(lists.lookup().in(context));
        } else if (compiled instanceof Criterion.Range range) {
            return bucket(range.bucketer(), range.bucketer().bucket(context));
        } else if (condition instanceof Condition.FlagServes serves) {
            return served(serves.flag());
        } else if (condition instanceof Condition.InSegment in) {
            in.segments().forEach(name -> segment(name, inner));
        }
        return null;
    }

    private void segment(String name, List<Step> steps) {
        CompiledSegment compiled = segments.get(name);
        Segment segment = definitions.segment(name).orElse(null);
        if (compiled == null) {
            steps.add(new Step("segment " + name, Truth.FALSE.name(), "there is no such segment", List.of()));
            return;
        } else if (compiled.broken()) {
            steps.add(new Step("segment " + name, Truth.UNKNOWN.name(), "it is broken", List.of()));
            return;
        }
        List<Step> rules = new ArrayList<>();
        if (segment != null) {
            for (int i = 0; i < compiled.rules().length; i++) {
                condition(
                        "rules[" + i + "]",
                        segment.rules().get(i).when(),
                        compiled.rules()[i].when(),
                        segment.sensitive(),
                        rules);
            }
        }
        steps.add(new Step("segment " + name, compiled.contains(context).name(), null, rules));
    }

    private @Nullable String served(String key) {
        CompiledFlag flag = flags.get(key);
        if (flag == null) {
            return "there is no such flag";
        }
        return flag.broken() ? "it is broken" : "it serves " + name(flag.evaluate(context));
    }

    private static String found(@Nullable Object value) {
        return value == null ? "missing" : "found " + Describe.shortened(String.valueOf(value));
    }

    private static String bucket(Bucketer bucketer, long bucket) {
        return bucket == Bucketer.MISSING ? "no value to put into a bucket" : "bucket " + bucketer.text(bucket);
    }

    private static String range(Bucketer bucketer, long from, long to) {
        if (from >= to) {
            return "no bucket";
        } else if (from == Bucketer.NOBODY) {
            return to == Bucketer.EVERYBODY ? "every bucket" : "buckets below " + bucketer.text(to);
        }
        String start = "buckets from " + bucketer.text(from);
        return to == Bucketer.EVERYBODY ? start : start + " to below " + bucketer.text(to);
    }

    private static String limit(Bucketer bucketer, long limit) {
        return limit == Bucketer.EVERYBODY ? "everybody" : limit == Bucketer.NOBODY ? "nobody" : bucketer.text(limit);
    }

    private static String name(Outcome outcome) {
        if (outcome.variant != null) {
            return outcome.variant;
        }
        return outcome.errorCode == null ? "the caller's default" : "an error";
    }
}

package dev.guidon.evaluation;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Comparison;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Rollout;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the conditions and rollouts of one flag or segment. */
final class ConditionCompiler {

    private final String key;
    private final String salt;
    private final Clock clock;
    private final Map<String, CompiledFlag> flags;
    private final Map<String, CompiledSegment> segments;
    private final List<Problem> problems;
    private final Patterns patterns = new Patterns();
    /** Rules are mostly rolled out and split by the same assignment, which then is one object. */
    private final List<Bucketed> bucketers = new ArrayList<>();

    private record Bucketed(Assignment assignment, String stage, Bucketer bucketer) {}

    ConditionCompiler(
            String key,
            String salt,
            Clock clock,
            Map<String, CompiledFlag> flags,
            Map<String, CompiledSegment> segments,
            List<Problem> problems) {
        this.key = key;
        this.salt = salt;
        this.clock = clock;
        this.flags = flags;
        this.segments = segments;
        this.problems = problems;
    }

    /** Takes comparisons from what the same condition was compiled to before, if it was: they depend on nothing else. */
    Criterion compile(String path, @Nullable Condition condition, @Nullable Criterion before) {
        if (condition == null) {
            return Criterion.ALWAYS;
        } else if (before != null && condition instanceof Comparison) {
            return before;
        } else if (condition instanceof Comparison comparison) {
            return new ComparisonCompiler(comparison, path, patterns, problems).compile(clock);
        } else if (condition instanceof Condition.All all) {
            return new Criterion.Junction(each(path + ".all", all.of(), before), Truth.FALSE);
        } else if (condition instanceof Condition.Any any) {
            return new Criterion.Junction(each(path + ".any", any.of(), before), Truth.TRUE);
        } else if (condition instanceof Condition.Not not) {
            return new Criterion.Negation(compile(path + ".not", not.of(), inner(before, 0)));
        } else if (condition instanceof Condition.IsTrue isTrue) {
            return new Criterion.Assertion(compile(path + ".isTrue", isTrue.of(), inner(before, 0)));
        } else if (condition instanceof Condition.InBucket range) {
            Bucketer bucketer = bucketer(range.assignment(), "bucket");
            return new Criterion.Range(bucketer, bucketer.limit(range.from()), bucketer.limit(range.to()));
        } else if (condition instanceof Condition.InSegment in) {
            return segment(in);
        }
        return flag((Condition.FlagServes) condition);
    }

    @Nullable
    CompiledRollout rollout(@Nullable Rollout rollout) {
        return rollout == null ? null : new CompiledRollout(rollout, bucketer(rollout.assignment(), "rollout"), clock);
    }

    @SuppressWarnings("ReferenceEquality") // what is equal and not the same gets one of its own
    Bucketer bucketer(Assignment assignment, String stage) {
        for (Bucketed known : bucketers) {
            if (known.assignment == assignment && known.stage.equals(stage)) {
                return known.bucketer;
            }
        }
        Bucketer bucketer = new Bucketer(assignment, stage, key, salt, clock);
        bucketers.add(new Bucketed(assignment, stage, bucketer));
        return bucketer;
    }

    private List<Criterion> each(String path, List<Condition> conditions, @Nullable Criterion before) {
        List<Criterion> compiled = new ArrayList<>(conditions.size());
        for (int i = 0; i < conditions.size(); i++) {
            compiled.add(compile(path + "[" + i + "]", conditions.get(i), inner(before, i)));
        }
        return List.copyOf(compiled);
    }

    private static @Nullable Criterion inner(@Nullable Criterion before, int i) {
        return before == null ? null : before.inner().get(i);
    }

    private Criterion segment(Condition.InSegment in) {
        List<Criterion> memberships = in.segments().stream()
                .map(name -> {
                    CompiledSegment segment = segments.get(name);
                    return segment == null ? (Criterion) context -> Truth.FALSE : (Criterion) segment::contains;
                })
                .toList();
        return memberships.size() == 1 ? memberships.get(0) : new Criterion.Junction(memberships, Truth.TRUE);
    }

    private Criterion flag(Condition.FlagServes serves) {
        CompiledFlag flag = flags.get(serves.flag());
        Set<String> variants = Set.copyOf(serves.variants());
        return flag == null ? context -> Truth.UNKNOWN : context -> flag.serves(variants, context);
    }
}

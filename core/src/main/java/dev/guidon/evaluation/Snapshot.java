package dev.guidon.evaluation;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Outcome.ValueType;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All definitions of one revision, compiled. Immutable: it answers the same for ever, but for what the clock decides. */
public final class Snapshot implements FlagView {

    private static final Outcome NOT_FOUND = Outcome.error("", ErrorCode.FLAG_NOT_FOUND, "there is no such flag");
    private static final Outcome NOT_READY =
            Outcome.error("", ErrorCode.PROVIDER_NOT_READY, "no definitions have been loaded yet");
    private static final Outcome FAILED =
            Outcome.error("", ErrorCode.GENERAL, "the evaluation failed; the log says why");

    private final Definitions definitions;
    final References references;
    final Table<CompiledFlag> flags;
    final Map<String, CompiledSegment> segments;
    private final Map<DefinitionKey, List<Problem>> problems;
    private final boolean ready;
    /** What a flag that is not there serves. */
    private final Outcome missing;

    private @Nullable Evaluation<?> lastMissing;

    private final SnapshotCompiler compiler;
    private final Notices notices;
    /** Whether a listener wants to hear of evaluations. */
    private final boolean heard;

    Snapshot(
            Definitions definitions,
            References references,
            Table<CompiledFlag> flags,
            Map<String, CompiledSegment> segments,
            Map<DefinitionKey, List<Problem>> problems,
            boolean ready,
            SnapshotCompiler compiler) {
        this.definitions = definitions;
        this.references = references;
        this.flags = flags;
        this.segments = segments;
        this.problems = Collections.unmodifiableMap(problems);
        this.ready = ready;
        this.missing = ready ? NOT_FOUND : NOT_READY;
        this.compiler = compiler;
        this.notices = compiler.notices();
        this.heard = notices.hasListener();
    }

    /**
     * Compiles definitions for use without a store: by the system's clock in UTC, and without external segments.
     *
     * @param definitions the definitions
     * @return the snapshot
     */
    public static Snapshot of(Definitions definitions) {
        return new SnapshotCompiler(Clock.systemUTC(), SegmentMembers.NONE).compile(definitions);
    }

    /**
     * Other definitions, with the same clock, members and listener as these. Only definitions that are not the same objects as here are
     * compiled, and those that refer to them, so that a small change of many definitions takes little time.
     *
     * @param others the definitions
     * @return a new snapshot
     */
    public Snapshot with(Definitions others) {
        return compiler.compile(others, this);
    }

    /** {@return whether definitions were ever loaded} */
    public boolean isReady() {
        return ready;
    }

    /** {@return the definitions that were compiled} */
    public Definitions definitions() {
        return definitions;
    }

    /** {@return what is wrong with each definition that cannot be evaluated, segments after flags, by key} */
    public Map<DefinitionKey, List<Problem>> problems() {
        return problems;
    }

    /**
     * What definitions say and do not do, as {@link SnapshotCompiler#notices} says. They are evaluated all the same.
     *
     * @return the notices on each definition that has any, by key
     */
    public Map<DefinitionKey, List<Problem>> notices() {
        return SnapshotCompiler.notices(definitions);
    }

    /**
     * The flags whose answers may change when some definitions change: those changed, and all that depend on one of them.
     *
     * <p>For a change from one snapshot to another, ask both: only the new one knows who depends on what is new.
     *
     * @param changed the definitions that change
     * @return the keys of flags, sorted
     */
    public Set<String> flagsAffectedBy(Collection<DefinitionKey> changed) {
        Set<String> affected = new TreeSet<>();
        for (DefinitionKey id : references.leadingTo(changed)) {
            if (id.kind() == DefinitionKey.Kind.FLAG) {
                affected.add(id.key());
            }
        }
        return affected;
    }

    @Override
    public Revision revision() {
        return definitions.revision();
    }

    @Override
    public boolean getBooleanValue(String key, boolean defaultValue, EvaluationContext context) {
        CompiledFlag flag = key == null ? null : flags.get(key);
        // What is the same for everybody, as most flags are, is short enough to become part of the caller's code.
        if (!heard) {
            if (flag != null && flag.plain() != Outcome.NEITHER) {
                return flag.plain() == Outcome.TRUE;
            } else if (flag == null && notices.loggedLast(key)) {
                return defaultValue;
            }
        }
        Outcome outcome = outcome(key, flag, context);
        int plain = outcome.plain;
        if (plain != Outcome.NEITHER && !heard) {
            return plain == Outcome.TRUE;
        }
        return value(outcome, outcome.made().asBoolean(), key, defaultValue, ValueType.BOOLEAN, context);
    }

    @Override
    public Evaluation<Boolean> getBooleanDetails(String key, boolean defaultValue, EvaluationContext context) {
        Outcome outcome = outcome(key, context);
        return details(outcome, outcome.made().asBoolean(), key, defaultValue, ValueType.BOOLEAN, context);
    }

    @Override
    public String getStringValue(String key, String defaultValue, EvaluationContext context) {
        Outcome outcome = outcome(key, context);
        Evaluation<String> made = outcome.made().asString();
        if (made != null && !notices.heeds(outcome)) {
            return made.value();
        }
        return value(outcome, made, key, defaultValue, ValueType.STRING, context);
    }

    @Override
    public Evaluation<String> getStringDetails(String key, String defaultValue, EvaluationContext context) {
        Outcome outcome = outcome(key, context);
        return details(outcome, outcome.made().asString(), key, defaultValue, ValueType.STRING, context);
    }

    @Override
    public int getIntegerValue(String key, int defaultValue, EvaluationContext context) {
        Outcome outcome = outcome(key, context);
        Evaluation<Integer> made = outcome.made().asInteger();
        if (made != null && !notices.heeds(outcome)) {
            return made.value();
        }
        return value(outcome, made, key, defaultValue, ValueType.INTEGER, context);
    }

    @Override
    public Evaluation<Integer> getIntegerDetails(String key, int defaultValue, EvaluationContext context) {
        Outcome outcome = outcome(key, context);
        return details(outcome, outcome.made().asInteger(), key, defaultValue, ValueType.INTEGER, context);
    }

    @Override
    public long getLongValue(String key, long defaultValue, EvaluationContext context) {
        Outcome outcome = outcome(key, context);
        Evaluation<Long> made = outcome.made().asLong();
        if (made != null && !notices.heeds(outcome)) {
            return made.value();
        }
        return value(outcome, made, key, defaultValue, ValueType.LONG, context);
    }

    @Override
    public Evaluation<Long> getLongDetails(String key, long defaultValue, EvaluationContext context) {
        Outcome outcome = outcome(key, context);
        return details(outcome, outcome.made().asLong(), key, defaultValue, ValueType.LONG, context);
    }

    @Override
    public double getDoubleValue(String key, double defaultValue, EvaluationContext context) {
        Outcome outcome = outcome(key, context);
        Evaluation<Double> made = outcome.made().asDouble();
        if (made != null && !notices.heeds(outcome)) {
            return made.value();
        }
        return value(outcome, made, key, defaultValue, ValueType.DOUBLE, context);
    }

    @Override
    public Evaluation<Double> getDoubleDetails(String key, double defaultValue, EvaluationContext context) {
        Outcome outcome = outcome(key, context);
        return details(outcome, outcome.made().asDouble(), key, defaultValue, ValueType.DOUBLE, context);
    }

    @Override
    public FlagValue getObjectValue(String key, FlagValue defaultValue, EvaluationContext context) {
        Outcome outcome = outcome(key, context);
        Evaluation<FlagValue> made = outcome.made().asObject();
        if (made != null && !notices.heeds(outcome)) {
            return made.value();
        }
        return value(outcome, made, key, defaultValue, ValueType.OBJECT, context);
    }

    @Override
    public Evaluation<FlagValue> getObjectDetails(String key, FlagValue defaultValue, EvaluationContext context) {
        Outcome outcome = outcome(key, context);
        return details(outcome, outcome.made().asObject(), key, defaultValue, ValueType.OBJECT, context);
    }

    @Override
    public Evaluation<FlagValue> evaluate(String key, EvaluationContext context) {
        Outcome outcome = outcome(key, context);
        Evaluation<FlagValue> evaluation = asIs(outcome, key);
        notices.log(outcome, key, null);
        notices.evaluated(evaluation, nonNull(context));
        return evaluation;
    }

    @Override
    public Explanation explain(String key, EvaluationContext context) {
        return Meter.explaining(() -> {
            Evaluation<FlagValue> evaluation = asIs(outcome(key, context), key);
            return new Explainer(definitions, flags, segments, nonNull(context)).explain(evaluation);
        });
    }

    private static Evaluation<FlagValue> asIs(Outcome outcome, String key) {
        return outcome.flagKey.isEmpty()
                ? outcome.withDefault(key, FlagValue.NULL)
                : outcome.made().asIs();
    }

    private Outcome outcome(@Nullable String key, EvaluationContext context) {
        return outcome(key, key == null ? null : flags.get(key), context);
    }

    private Outcome outcome(@Nullable String key, @Nullable CompiledFlag flag, EvaluationContext context) {
        return outcome(key, flag, flag == null ? missing : flag.serve(), context);
    }

    private Outcome outcome(
            @Nullable String key, @Nullable CompiledFlag flag, CompiledServe serve, EvaluationContext context) {
        try {
            return Objects.requireNonNull(serve.serve(nonNull(context)));
        } catch (Meter.Needed needed) {
            return outcome(key, Objects.requireNonNull(flag), flag.meter(notices), context);
        } catch (Throwable failure) {
            notices.threw(String.valueOf(key), failure);
            return FAILED;
        }
    }

    /** Without a listener, a caller's default costs no evaluation object. */
    private <T> T value(
            Outcome outcome,
            @Nullable Evaluation<T> made,
            String key,
            T defaultValue,
            ValueType asked,
            EvaluationContext context) {
        if (notices.hasListener()) {
            return details(outcome, made, key, defaultValue, asked, context).value();
        }
        notices.log(outcome, key, asked);
        return made == null ? defaultValue : made.value();
    }

    private <T> Evaluation<T> details(
            Outcome outcome,
            @Nullable Evaluation<T> made,
            String key,
            T defaultValue,
            ValueType asked,
            EvaluationContext context) {
        Evaluation<T> evaluation = made;
        if (evaluation == null) {
            evaluation =
                    outcome == missing ? missing(key, defaultValue) : outcome.withDefault(key, defaultValue, asked);
        }
        notices.log(outcome, key, asked);
        notices.evaluated(evaluation, nonNull(context));
        return evaluation;
    }

    /** Mostly one flag is asked for in vain, again and again. */
    @SuppressWarnings({"unchecked", "ReferenceEquality"}) // what holds the same value has the same type
    private <T> Evaluation<T> missing(String key, T defaultValue) {
        Evaluation<?> last = lastMissing;
        if (last != null && last.flagKey() == key && last.value() == defaultValue) {
            return (Evaluation<T>) last;
        }
        Evaluation<T> evaluation = missing.withDefault(key, defaultValue);
        if (notices.loggedLast(key)) {
            lastMissing = evaluation;
        }
        return evaluation;
    }

    private static EvaluationContext nonNull(@Nullable EvaluationContext context) {
        return context == null ? EvaluationContext.EMPTY : context;
    }
}

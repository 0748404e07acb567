package dev.guidon.evaluation;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.MemberList;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Shown;
import dev.guidon.definition.Versioned;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compiles definitions into {@linkplain Snapshot snapshots}, and gives them what they may ask: the clock and the members of
 * external segments. Safe for use by many threads. One compiler should make all snapshots of an application, since it remembers
 * what was logged.
 */
public final class SnapshotCompiler {

    private final Clock clock;
    private final SegmentMembers members;
    private final Notices notices;

    /**
     * A compiler whose snapshots report to nobody.
     *
     * @param clock tells the time for ramps and {@code $now}; read only by flags that need it
     * @param members answers for external segments
     */
    public SnapshotCompiler(Clock clock, SegmentMembers members) {
        this(clock, members, null);
    }

    /**
     * A compiler.
     *
     * @param clock tells the time for ramps and {@code $now}; read only by flags that need it
     * @param members answers for external segments
     * @param listener hears of every evaluation; null for none
     */
    public SnapshotCompiler(Clock clock, SegmentMembers members, @Nullable EvaluationListener listener) {
        this.clock = clock;
        this.members = members;
        this.notices = new Notices(listener);
    }

    /** {@return at how many evaluations the listener has thrown} */
    public long listenerFailures() {
        return notices.listenerFailures();
    }

    Notices notices() {
        return notices;
    }

    /**
     * A snapshot for the time before anything was loaded: every flag answers the caller's default with {@code PROVIDER_NOT_READY}.
     *
     * @return the snapshot, without flags
     */
    public Snapshot notReady() {
        return new Snapshot(Definitions.of(), Table.of(Map.of()), Map.of(), Map.of(), false, this);
    }

    /**
     * Compiles definitions. What is wrong with one of them makes only that one answer the caller's default.
     *
     * @param definitions the definitions
     * @return a snapshot
     */
    public Snapshot compile(Definitions definitions) {
        Map<String, CompiledFlag> flags = new HashMap<>();
        Map<String, CompiledSegment> segments = new HashMap<>();
        // Keys in programs are constants, which are interned: finding a flag then compares references.
        definitions.flags().keySet().forEach(key -> flags.put(key.intern(), new CompiledFlag(key)));
        definitions.segments().keySet().forEach(key -> segments.put(key, new CompiledSegment(key)));
        Map<DefinitionKey, List<Problem>> problems = referenceProblems(definitions);
        for (Map<String, Versioned> kind : List.of(definitions.segments(), definitions.flags())) {
            for (Versioned versioned : kind.values()) {
                Definition definition = versioned.definition();
                List<Problem> found = new ArrayList<>(problems.getOrDefault(definition.id(), List.of()));
                try {
                    fill(definition, flags, segments, found);
                } catch (RuntimeException | StackOverflowError failure) {
                    found.add(new Problem("", failure.toString(), "a definition that can be compiled"));
                }
                if (!found.isEmpty()) {
                    problems.put(definition.id(), List.copyOf(found));
                }
            }
        }
        problems.forEach((id, found) -> breakIt(id, found, flags, segments));
        return new Snapshot(definitions, Table.of(flags), segments, problems, true, this);
    }

    /**
     * What is wrong with the references between definitions: cycles, and chains that are too long or too wide.
     *
     * @param definitions the definitions
     * @return the problems of each definition that has any
     */
    public static Map<DefinitionKey, List<Problem>> referenceProblems(Definitions definitions) {
        return new TreeMap<>(new References(definitions).problems());
    }

    private void fill(
            Definition definition,
            Map<String, CompiledFlag> flags,
            Map<String, CompiledSegment> segments,
            List<Problem> problems) {
        DefinitionKey id = definition.id();
        if (definition instanceof Malformed malformed) {
            problems.addAll(malformed.problems());
        } else if (definition instanceof Flag flag) {
            ConditionCompiler conditions =
                    new ConditionCompiler(id.key(), FlagCompiler.salt(flag), clock, flags, segments, problems);
            new FlagCompiler(flag, conditions, flags).fill(lookUp(flags, id.key()));
        } else if (definition instanceof Segment segment) {
            String salt = segment.salt() == null ? segment.key() : segment.salt();
            ConditionCompiler conditions = new ConditionCompiler(id.key(), salt, clock, flags, segments, problems);
            fill(segment, conditions, lookUp(segments, id.key()));
        }
    }

    private void fill(Segment segment, ConditionCompiler conditions, CompiledSegment compiled) {
        Segment.External external = segment.external();
        CompiledSegment.Rule[] rules = new CompiledSegment.Rule[segment.rules().size()];
        for (int i = 0; i < rules.length; i++) {
            Segment.Criterion rule = segment.rules().get(i);
            rules[i] = new CompiledSegment.Rule(
                    conditions.compile("rules[" + i + "].when", rule.when()), conditions.rollout(rule.rollout()));
        }
        compiled.fill(
                listed(segment.exclude()),
                listed(segment.include()),
                external == null
                        ? null
                        : new CompiledSegment.External(
                                segment.key(), external.generation(), Lookup.of(external.by(), clock), members),
                rules);
    }

    private CompiledSegment.Listed[] listed(List<MemberList> lists) {
        return lists.stream()
                .map(list -> {
                    Set<Object> values = new HashSet<>();
                    list.values().forEach(value -> {
                        Object canonical = ContextValues.of(value);
                        if (canonical != null) {
                            values.add(canonical);
                        }
                    });
                    return new CompiledSegment.Listed(Lookup.of(list.by(), clock), Table.of(values));
                })
                .toArray(CompiledSegment.Listed[]::new);
    }

    private static void breakIt(
            DefinitionKey id,
            List<Problem> problems,
            Map<String, CompiledFlag> flags,
            Map<String, CompiledSegment> segments) {
        if (id.kind() == DefinitionKey.Kind.SEGMENT) {
            lookUp(segments, id.key()).breakIt();
        } else {
            lookUp(flags, id.key())
                    .breakWith("the flag '" + Shown.part(id.key()) + "' is malformed: "
                            + problems.stream().limit(3).map(Problem::toString).collect(Collectors.joining("; ")));
        }
    }

    private static <T> T lookUp(Map<String, T> map, String key) {
        T found = map.get(key);
        if (found == null) {
            throw new IllegalStateException("no definition was prepared for " + key);
        }
        return found;
    }
}

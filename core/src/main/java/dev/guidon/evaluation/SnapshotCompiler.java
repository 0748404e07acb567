package dev.guidon.evaluation;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Versioned;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
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

    /**
     * Says that the problems of a malformed flag were logged, so that evaluations of it do not log them again.
     *
     * @param flag the flag's key
     */
    public void reported(String flag) {
        notices.reported(flag);
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
        return new Snapshot(Definitions.of(), References.NONE, Table.of(Map.of()), Map.of(), Map.of(), false, this);
    }

    /**
     * Compiles definitions. What is wrong with one of them makes only that one answer the caller's default.
     *
     * @param definitions the definitions
     * @return a snapshot
     */
    public Snapshot compile(Definitions definitions) {
        return compile(definitions, notReady());
    }

    /** Compiles what is not the same as before, and what leads to that; the rest is taken from the snapshot as it is. */
    Snapshot compile(Definitions definitions, Snapshot before) {
        Set<DefinitionKey> changed = new HashSet<>();
        difference(before.definitions().flags(), definitions.flags(), changed);
        difference(before.definitions().segments(), definitions.segments(), changed);
        References references = before.references.with(definitions, changed);
        Set<DefinitionKey> affected = references.leadingTo(changed);

        Map<String, CompiledFlag> flags = new HashMap<>();
        definitions.flags().keySet().forEach(key -> {
            CompiledFlag known = affected.contains(DefinitionKey.flag(key)) ? null : before.flags.get(key);
            CompiledFlag flag = known == null ? new CompiledFlag(key) : known;
            flags.put(flag.key, flag);
        });
        Map<String, CompiledSegment> segments = new HashMap<>();
        definitions.segments().keySet().forEach(key -> {
            CompiledSegment known = affected.contains(DefinitionKey.segment(key)) ? null : before.segments.get(key);
            segments.put(key, known == null ? new CompiledSegment(key) : known);
        });
        Map<DefinitionKey, List<Problem>> problems = new TreeMap<>(before.problems());
        problems.keySet().removeAll(affected);
        DefinitionCompiler compiler = new DefinitionCompiler(clock, members, flags, segments);
        for (DefinitionKey id : affected) {
            Versioned versioned = definitions.get(id);
            if (versioned != null) {
                List<Problem> found = compiler.compile(
                        versioned.definition(),
                        references.problems().getOrDefault(id, List.of()),
                        changed.contains(id) ? null : before);
                CompiledFlag flag = id.kind() == DefinitionKey.Kind.FLAG ? flags.get(id.key()) : null;
                if (!found.isEmpty()) {
                    problems.put(id, found);
                } else if (flag != null && flag.isLong(references.definitions(id))) {
                    flag.meter(notices);
                }
            }
        }
        return new Snapshot(definitions, references, Table.of(flags), segments, problems, true, this);
    }

    /** By identity: what a store gives anew is compiled anew. */
    @SuppressWarnings("ReferenceEquality")
    private static void difference(
            Map<String, Versioned> before, Map<String, Versioned> after, Set<DefinitionKey> changed) {
        before.forEach((key, versioned) -> {
            if (!after.containsKey(key)) {
                changed.add(versioned.definition().id());
            }
        });
        after.forEach((key, versioned) -> {
            Versioned known = before.get(key);
            if (known == null || known.definition() != versioned.definition()) {
                changed.add(versioned.definition().id());
            }
        });
    }

    /**
     * What is wrong with the references between definitions: cycles, and chains that are too long or too wide.
     *
     * @param definitions the definitions
     * @return the problems of each definition that has any
     */
    public static Map<DefinitionKey, List<Problem>> referenceProblems(Definitions definitions) {
        return References.of(definitions).problems();
    }

    /**
     * What a definition says and does not do: shares that are not near to a whole number of buckets, rules that change nothing, and rules that
     * are never reached. It is evaluated all the same.
     *
     * @param definition the definition
     * @return a problem for each share, which says what it gets, and for each rule
     */
    public static List<Problem> notices(Definition definition) {
        List<Problem> notices = new ArrayList<>(Shares.notices(definition));
        if (definition instanceof Flag flag) {
            notices.addAll(IdleRules.notices(flag));
        }
        return List.copyOf(notices);
    }

    /** The notices on each definition that has any. */
    static Map<DefinitionKey, List<Problem>> notices(Definitions definitions) {
        Map<DefinitionKey, List<Problem>> all = new TreeMap<>();
        Stream.concat(definitions.flags().values().stream(), definitions.segments().values().stream())
                .map(Versioned::definition)
                .forEach(definition -> {
                    List<Problem> found = notices(definition);
                    if (!found.isEmpty()) {
                        all.put(definition.id(), found);
                    }
                });
        return all;
    }
}

package dev.guidon.evaluation;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.MemberList;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Shown;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fills the compiled flags and segments of one snapshot, which are there already, so that they can refer to each other. */
final class DefinitionCompiler {

    private final Clock clock;
    private final SegmentMembers members;
    private final Map<String, CompiledFlag> flags;
    private final Map<String, CompiledSegment> segments;

    DefinitionCompiler(
            Clock clock,
            SegmentMembers members,
            Map<String, CompiledFlag> flags,
            Map<String, CompiledSegment> segments) {
        this.clock = clock;
        this.members = members;
        this.flags = flags;
        this.segments = segments;
    }

    /**
     * Compiles one definition, and returns all that is wrong with it.
     *
     * @param ofReferences what is wrong with its references
     * @param before a snapshot that has this definition, where only what it refers to has changed; else null
     */
    List<Problem> compile(Definition definition, List<Problem> ofReferences, @Nullable Snapshot before) {
        DefinitionKey id = definition.id();
        boolean isFlag = id.kind() == DefinitionKey.Kind.FLAG;
        CompiledFlag flag = isFlag ? flags.get(id.key()) : null;
        CompiledSegment segment = isFlag ? null : segments.get(id.key());
        CompiledFlag flagBefore = before == null || !isFlag ? null : before.flags.get(id.key());
        CompiledSegment segmentBefore = before == null || isFlag ? null : before.segments.get(id.key());
        List<Problem> own = flagBefore != null
                ? flagBefore.problems()
                : segmentBefore != null ? segmentBefore.problems() : List.of();
        if (own.isEmpty()) {
            own = fill(definition, flag, flagBefore, segment, segmentBefore);
        }
        List<Problem> all = Stream.concat(ofReferences.stream(), own.stream()).toList();
        if (flag != null && !all.isEmpty()) {
            flag.breakWith(
                    "the flag '" + Shown.part(id.key()) + "' is malformed: "
                            + all.stream().limit(3).map(Problem::toString).collect(Collectors.joining("; ")),
                    own);
        } else if (segment != null && !all.isEmpty()) {
            segment.breakWith(own);
        }
        return all;
    }

    private List<Problem> fill(
            Definition definition,
            @Nullable CompiledFlag compiledFlag,
            @Nullable CompiledFlag flagBefore,
            @Nullable CompiledSegment compiledSegment,
            @Nullable CompiledSegment segmentBefore) {
        List<Problem> problems = new ArrayList<>();
        try {
            if (definition instanceof Malformed malformed) {
                problems.addAll(malformed.problems());
            } else if (definition instanceof Flag flag) {
                ConditionCompiler conditions =
                        new ConditionCompiler(flag.key(), FlagCompiler.salt(flag), clock, flags, segments, problems);
                new FlagCompiler(flag, conditions, flags).fill(Objects.requireNonNull(compiledFlag), flagBefore);
            } else if (definition instanceof Segment segment) {
                String salt = segment.salt() == null ? segment.key() : segment.salt();
                ConditionCompiler conditions =
                        new ConditionCompiler(segment.key(), salt, clock, flags, segments, problems);
                fill(segment, conditions, Objects.requireNonNull(compiledSegment), segmentBefore);
            }
        } catch (Throwable failure) {
            // Without memory it is tried again; everything else is the fault of this definition alone.
            Failures.rethrowIfFatal(failure);
            problems.add(new Problem("", failure.toString(), "a definition that can be compiled"));
        }
        return List.copyOf(problems);
    }

    private void fill(
            Segment segment, ConditionCompiler conditions, CompiledSegment compiled, @Nullable CompiledSegment before) {
        Segment.External external = segment.external();
        CompiledSegment.Rule[] rules = new CompiledSegment.Rule[segment.rules().size()];
        for (int i = 0; i < rules.length; i++) {
            Segment.Criterion rule = segment.rules().get(i);
            rules[i] = new CompiledSegment.Rule(
                    conditions.compile(
                            "rules[" + i + "].when", rule.when(), before == null ? null : before.rules()[i].when()),
                    conditions.rollout(rule.rollout()));
        }
        compiled.fill(
                before == null ? listed(segment.exclude()) : before.exclude(),
                before == null ? listed(segment.include()) : before.include(),
                external == null
                        ? null
                        : new CompiledSegment.External(
                                segment.key(), external.generation(), Lookup.of(external.by(), clock), members),
                rules);
    }

    private CompiledSegment.Listed[] listed(List<MemberList> lists) {
        return lists.stream()
                .map(list -> new CompiledSegment.Listed(
                        Lookup.of(list.by(), clock),
                        ValueSet.of(list.values().stream()
                                .map(ContextValues::of)
                                .filter(Objects::nonNull)
                                .toList())))
                .toArray(CompiledSegment.Listed[]::new);
    }
}

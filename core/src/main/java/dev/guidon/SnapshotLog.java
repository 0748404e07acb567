package dev.guidon;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Shown;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.evaluation.SnapshotCompiler;
import dev.guidon.guard.GuardedLog;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.CommittedChange.Edit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Log lines on what comes into force: who changed what, and what is wrong with it. However much it is, it is a few lines. */
final class SnapshotLog {

    private static final GuardedLog LOG = GuardedLog.of(FeatureFlags.class);
    private static final int MOST_LINES = 20;
    private static final int MOST_KEYS = 5;

    private final String namespace;
    private final SnapshotCompiler compiler;
    private final boolean changes;

    /** @param changes whether to log changes that are no problem */
    SnapshotLog(String namespace, SnapshotCompiler compiler, boolean changes) {
        this.namespace = Shown.part(namespace);
        this.compiler = compiler;
        this.changes = changes;
    }

    /**
     * Logs commits that have come into force.
     *
     * @param before what was in force; the commits themselves may not say it
     */
    void applied(Snapshot before, List<CommittedChange> commits) {
        if (!changes) {
            return;
        }
        int first = Math.max(0, commits.size() - MOST_LINES);
        if (first > 0) {
            LOG.info(
                    "{} changed to revision {} by {} commits",
                    namespace,
                    commits.get(first - 1).revision(),
                    first);
        }
        Map<DefinitionKey, @Nullable Versioned> replaced = new HashMap<>();
        for (CommittedChange commit : commits.subList(0, first)) {
            commit.edits().forEach(edit -> replaced.put(edit.id(), edit.after()));
        }
        for (CommittedChange commit : commits.subList(first, commits.size())) {
            LOG.info(
                    "{} changed to revision {} by {}: {}{}",
                    namespace,
                    commit.revision(),
                    Shown.part(commit.actor()),
                    text(
                            commit.edits(),
                            id -> replaced.containsKey(id)
                                    ? replaced.get(id)
                                    : before.definitions().get(id)),
                    commit.reason() == null ? "" : "; reason: " + Shown.quoted(commit.reason()));
            commit.edits().forEach(edit -> replaced.put(edit.id(), edit.after()));
        }
    }

    private static String text(List<Edit> edits, Function<DefinitionKey, @Nullable Versioned> before) {
        String some = edits.stream()
                .limit(MOST_KEYS)
                .map(edit -> edit.id() + " " + verb(before.apply(edit.id()), edit.after()))
                .collect(Collectors.joining(", "));
        return edits.size() <= MOST_KEYS ? some : some + " and " + (edits.size() - MOST_KEYS) + " more";
    }

    private static String verb(@Nullable Versioned before, @Nullable Versioned after) {
        if (before == null || after == null) {
            return before == null ? "created" : "removed";
        }
        boolean switched = before.definition() instanceof Flag was
                && after.definition() instanceof Flag is
                && was.enabled() != is.enabled();
        return switched ? ((Flag) after.definition()).enabled() ? "turned on" : "turned off" : "changed";
    }

    /** Logs what is wrong with definitions, so that their evaluations need not. */
    void problems(Snapshot before, Snapshot after) {
        after.problems().entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.problems().get(entry.getKey())))
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_LINES)
                .forEach(entry -> {
                    warn(entry.getKey(), "is malformed and answers the caller's default", entry.getValue());
                    if (entry.getKey().kind() == DefinitionKey.Kind.FLAG) {
                        compiler.reported(entry.getKey().key());
                    }
                });
    }

    /** Logs what is not as somebody may have meant it. */
    void notices(Snapshot after, Set<DefinitionKey> changed) {
        changed.stream()
                .sorted()
                .map(id -> after.definitions().get(id))
                .filter(Objects::nonNull)
                .map(Versioned::definition)
                .map(definition -> Map.entry(definition.id(), SnapshotCompiler.notices(definition)))
                .filter(entry -> !entry.getValue().isEmpty())
                .limit(MOST_LINES)
                .forEach(entry -> warn(entry.getKey(), "does not do all that it says", entry.getValue()));
    }

    private void warn(DefinitionKey id, String what, List<Problem> problems) {
        LOG.warn("{} in {} {}: {}", id, namespace, what, Shown.message(problems.toString()));
    }
}

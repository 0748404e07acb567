package dev.guidon.redis;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.VersionConflictException;
import dev.guidon.store.VersionConflictException.Conflict;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Commits by one script, which the server keeps by its digest. */
final class Commits {

    private static final String SCRIPT = script("commit.lua");
    private static final String DIGEST = DefinitionCache.digest(SCRIPT);

    private final Redis redis;
    private final RedisKeys keys;
    private final LogEntry entries;
    private final LogGuard guard;
    private final int logLength;
    private final int minReplicas;

    Commits(Redis redis, RedisKeys keys, LogEntry entries, LogGuard guard, int logLength, int minReplicas) {
        this.redis = redis;
        this.keys = keys;
        this.entries = entries;
        this.guard = guard;
        this.logLength = logLength;
        this.minReplicas = minReplicas;
    }

    CommittedChange commit(ChangeSet changeSet, MemberChange members) {
        List<String> scriptKeys = new ArrayList<>(List.of(
                keys.flags(),
                keys.segments(),
                keys.versions(),
                keys.meta(),
                keys.changes(),
                keys.commits(),
                keys.consumers(),
                keys.bodies()));
        if (!members.isEmpty()) {
            scriptKeys.add(members.set());
        }
        String[] keyArray = scriptKeys.toArray(String[]::new);
        String[] arguments = arguments(changeSet, members);
        if (minReplicas == 0) {
            return redis.call(link -> run(link, keyArray, arguments));
        }
        return redis.alone(link -> {
            CommittedChange committed = run(link, keyArray, arguments);
            Duration atMost = redis.timeout().dividedBy(2);
            long found = redis.await(link, link.replicated(keys.meta(), minReplicas, atMost));
            if (found < minReplicas) {
                throw new UnderReplicatedException(committed, found, minReplicas);
            }
            return committed;
        });
    }

    private String[] arguments(ChangeSet changeSet, MemberChange members) {
        String reason = changeSet.reason();
        List<String> arguments = new ArrayList<>(List.of(
                changeSet.id(),
                changeSet.actor(),
                reason == null ? "0" : "1",
                Objects.requireNonNullElse(reason, ""),
                Integer.toString(logLength),
                Integer.toString(guard.limit()),
                guard.policy().name(),
                Meta.newEpoch(),
                Integer.toString(changeSet.changes().size())));
        for (Change change : changeSet.changes()) {
            arguments.add(change.id().text());
            arguments.add(LogEntry.text(change.expectedVersion()));
            arguments.add(change instanceof Change.Put ? "put" : "remove");
            arguments.add(change instanceof Change.Put put ? FlagFormat.write(put.definition()) : "");
        }
        arguments.add(Integer.toString(members.added().size()));
        arguments.add(Integer.toString(members.removed().size()));
        arguments.addAll(members.added());
        arguments.addAll(members.removed());
        return arguments.toArray(String[]::new);
    }

    private CommittedChange run(Link link, String[] scriptKeys, String[] arguments) {
        List<Object> reply;
        try {
            reply = redis.await(link, link.commands().evalsha(DIGEST, ScriptOutputType.MULTI, scriptKeys, arguments));
        } catch (FlagStoreException failure) {
            if (!(failure.getCause() instanceof RedisNoScriptException)) {
                throw failure;
            }
            reply = redis.await(link, link.commands().eval(SCRIPT, ScriptOutputType.MULTI, scriptKeys, arguments));
        }
        String outcome = text(reply, 0);
        if (outcome.equals("OK")) {
            guard.committed(text(reply, 6), Long.parseLong(text(reply, 5)), Long.parseLong(text(reply, 7)));
        }
        return switch (outcome) {
            case "OK", "DONE" ->
                entries.decode(
                        Long.parseLong(text(reply, 1)),
                        LogEntry.fields((List<?>) reply.get(2)),
                        text(reply, 3),
                        text(reply, 4));
            case "MOVED" -> throw new VersionConflictException(conflicts(reply));
            case "TYPE" -> throw refusal(text(reply, 1), "a " + text(reply, 2), "a " + text(reply, 3));
            case "LOST" ->
                throw new FlagStoreException(Meta.lost(text(reply, 1), text(reply, 2)) + ". Nothing was committed.");
            case "FORMAT" -> throw refusal(keys.meta(), "format " + text(reply, 1), "1; a later version wrote it");
            case "LOG" ->
                throw refusal(
                        keys.changes(), "the last id " + text(reply, 1), text(reply, 2) + ", which the revision says");
            case "MEMBERS" -> throw refusal(text(reply, 1), "no set", "members that were loaded");
            default -> throw new FlagStoreException("the commit script answered " + reply);
        };
    }

    private static FlagStoreException refusal(String key, String found, String allowed) {
        return new FlagStoreException(key + ": found " + found + "; allowed: " + allowed + ". Nothing was committed.");
    }

    private static List<Conflict> conflicts(List<Object> reply) {
        List<Conflict> conflicts = new ArrayList<>();
        for (int i = 1; i + 2 < reply.size(); i += 3) {
            DefinitionKey id = LogEntry.id(text(reply, i));
            conflicts.add(new Conflict(id, LogEntry.version(text(reply, i + 1)), LogEntry.version(text(reply, i + 2))));
        }
        return conflicts;
    }

    private static String text(List<Object> reply, int index) {
        return String.valueOf(reply.get(index));
    }

    static String script(String name) {
        try (InputStream script = Commits.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(script, "it is in this jar").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Members that come and go together with a commit.
     *
     * @param set the key of their set; empty if there are none
     * @param added who comes
     * @param removed who goes
     */
    record MemberChange(String set, Collection<String> added, Collection<String> removed) {

        static final MemberChange NONE = new MemberChange("", List.of(), List.of());

        boolean isEmpty() {
            return set.isEmpty();
        }
    }
}

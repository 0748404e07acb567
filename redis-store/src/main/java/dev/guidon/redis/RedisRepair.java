package dev.guidon.redis;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Versioned;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.FlagStoreException;
import io.lettuce.core.ScriptOutputType;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A program that restores keys of a namespace that were deleted by hand or evicted, from what is left and from the log of changes. What it
 * restores of definitions is committed once more, so that every instance takes it. Doing it again does nothing.
 */
public final class RedisRepair {

    private static final String SCRIPT = Commits.script("repair.lua");
    private static final String USAGE = "Arguments: the URI of Redis, the namespace, your name";

    private RedisRepair() {}

    /**
     * Runs the program and ends the process: with 0 if all is well now, 1 if something is nowhere to be found, 2 if it failed.
     *
     * @param args the URI of Redis, the namespace, and who does it
     */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        if (args.length != 3) {
            err.println(USAGE);
            return 2;
        }
        try (RedisFlagStore store = RedisFlagStore.open(args[0], args[1])) {
            return repair(store, args[2], out);
        } catch (IllegalArgumentException | FlagStoreException e) {
            err.println(e.getMessage());
            return 2;
        }
    }

    private static int repair(RedisFlagStore store, String actor, PrintStream out) {
        RedisKeys keys = store.keys();
        String[] touched = {
            keys.flags(), keys.segments(), keys.versions(), keys.meta(), keys.changes(), keys.commits(), keys.bodies()
        };
        String[] arguments = {Meta.newEpoch(), UUID.randomUUID().toString()};
        List<Object> reply =
                store.redis().ask(link -> link.commands().eval(SCRIPT, ScriptOutputType.MULTI, touched, arguments));
        if (!reply.get(0).equals("OK")) {
            throw new FlagStoreException("entry " + reply.get(1) + " of " + keys.changes()
                    + " was not written by Guidon: delete it first, by XDEL. Nothing was repaired.");
        }
        texts(reply, 1).forEach(key -> out.println("restored " + key));
        List<DefinitionKey> restored = texts(reply, 2).map(LogEntry::id).toList();
        restored.forEach(id -> out.println("restored " + id));
        List<DefinitionKey> nowhere = texts(reply, 3).map(LogEntry::id).toList();
        nowhere.forEach(id -> out.println("not found anywhere, put or delete it by an editor: " + id));
        commitAgain(store, actor, restored);
        out.println(nowhere.isEmpty() ? "all is well" : "not all is well");
        return nowhere.isEmpty() ? 0 : 1;
    }

    /** Instances may have them as broken or not at all, at this revision. */
    private static void commitAgain(RedisFlagStore store, String actor, List<DefinitionKey> restored) {
        Definitions now = store.load();
        for (int i = 0; i < restored.size(); i += ChangeSet.MOST_CHANGES) {
            List<Change> changes = new ArrayList<>();
            for (DefinitionKey id : restored.subList(i, Math.min(i + ChangeSet.MOST_CHANGES, restored.size()))) {
                Versioned found = Objects.requireNonNull(now.get(id), "it was restored");
                changes.add(new Change.Put(found.definition(), found.version()));
            }
            store.commit(ChangeSet.of(actor, "restored after keys of Redis were lost", changes));
        }
    }

    private static Stream<String> texts(List<Object> reply, int index) {
        return ((List<?>) reply.get(index)).stream().map(String::valueOf);
    }
}

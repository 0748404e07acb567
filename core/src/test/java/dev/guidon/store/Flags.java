package dev.guidon.store;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Short words for tests of stores. */
final class Flags {

    private Flags() {}

    static ChangeSet put(Definition definition, Version expected) {
        return ChangeSet.of("ann", null, List.of(new Change.Put(definition, expected)));
    }

    /** Creates a flag. */
    static ChangeSet put(String key, boolean enabled) {
        return put(Flag.bool(key, enabled), Version.NONE);
    }

    /** Replaces a flag as the store has it. */
    static ChangeSet put(FlagStore store, String key, boolean enabled) {
        return put(Flag.bool(key, enabled), current(store, key));
    }

    static ChangeSet remove(FlagStore store, String key) {
        return ChangeSet.of("ann", null, List.of(new Change.Remove(DefinitionKey.flag(key), current(store, key))));
    }

    /** Key to whether it is enabled, of all boolean flags of a store. */
    static Map<String, Boolean> enabled(FlagStore store) {
        Map<String, Boolean> enabled = new TreeMap<>();
        for (Versioned each : store.load().flags().values()) {
            if (each.definition() instanceof Flag flag) {
                enabled.put(flag.key(), flag.enabled());
            }
        }
        return enabled;
    }

    static Version current(FlagStore store, String key) {
        Versioned found = store.load().flags().get(key);
        return found == null ? Version.NONE : found.version();
    }

    /** The number of the version of a flag. */
    static long version(FlagStore store, String key) {
        return current(store, key).number();
    }

    /** Writes a file in one step, as a careful editor does: none of these tests is about files that are half written. */
    static Path write(Path file, String text) {
        try {
            Path edited = Files.writeString(file.resolveSibling(".edited"), text);
            return Files.move(edited, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All commits of a store that has kept them all. */
    static List<CommittedChange> log(FlagStore store) throws InterruptedException {
        Revision start = Revision.initial(store.changes().head().epoch());
        return ((ChangeLog.Read.Changes) store.changes().read(start, 100_000, Duration.ZERO)).changes();
    }
}

package dev.guidon.audit;

import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Version;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.FlagStore;
import java.util.List;

/** Definitions as large as they may be. */
final class Large {

    private Large() {}

    /** A flag whose JSON has so many bytes. */
    static Flag flag(String key, int bytes) {
        int rest = bytes - FlagFormat.write(flagOf(key, "")).length();
        return flagOf(key, "x".repeat(rest));
    }

    private static Flag flagOf(String key, String text) {
        return FlagFormat.read(
                                dev.guidon.definition.DefinitionKey.flag(key),
                                "{\"type\":\"string\",\"enabled\":true,\"variants\":{\"a\":" + FlagValue.of(text)
                                        + ",\"b\":\"b\"},\"fallthrough\":\"a\"}")
                        instanceof Flag flag
                ? flag
                : Flag.bool(key, false);
    }

    /** The life of a flag at the limit, alone and together with others. */
    static void history(FlagStore store) {
        int most = Limit.DEFINITION_BYTES.most();
        Flag large = flag("large", most - 1);
        Flag other = flag("large", most - 10);
        Version created = commit(store, List.of(new Change.Put(large, Version.NONE)));
        Version disabled = commit(store, List.of(new Change.Put(large.withEnabled(false), created)));
        Version changed = commit(
                store,
                List.of(
                        new Change.Put(other, disabled),
                        new Change.Put(flag("second", most), Version.NONE),
                        new Change.Put(flag("third", most), Version.NONE)));
        commit(store, List.of(new Change.Remove(other.id(), changed)));
    }

    private static Version commit(FlagStore store, List<Change> changes) {
        return Version.of(store.commit(ChangeSet.of("ann", "large", changes)).revision());
    }
}

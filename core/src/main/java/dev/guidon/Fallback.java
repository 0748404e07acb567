package dev.guidon;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import org.jspecify.annotations.Nullable;

/**
 * What serves until the store does.
 *
 * @param definitions the definitions; at {@link Revision#NONE} if they are no state of a store
 * @param text what they are, for people
 */
record Fallback(Definitions definitions, String text) {

    /** The last-known-good file, else the bundled defaults, else nothing. */
    static @Nullable Fallback of(@Nullable LastKnownGood file, @Nullable Definitions defaults) {
        SavedFlags saved = file == null ? null : file.load();
        if (saved != null) {
            Definitions known = saved.definitions();
            return new Fallback(
                    known,
                    "the last known good flags serve: revision " + known.revision() + ", saved " + saved.saved());
        }
        if (defaults == null) {
            return null;
        }
        Definitions bundled = new Definitions(Revision.NONE, defaults.flags(), defaults.segments(), defaults.extra());
        return new Fallback(bundled, "the bundled defaults serve, which have no revision and were never saved");
    }
}

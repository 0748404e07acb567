package dev.guidon.store;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Versioned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a {@link ChangeHistory}.
 *
 * @param base the revision before the first entry
 * @param entries all entries in order
 * @param definitions the state after the last entry
 * @param consumers who the log is kept for, and what they have reached
 */
record KeptHistory(Revision base, List<CommittedChange> entries, Definitions definitions, Map<String, Long> consumers) {
    /** Copies the collections. */
    KeptHistory {
        entries = List.copyOf(entries);
        consumers = Map.copyOf(consumers);
    }

    /** The state before the first entry. */
    Definitions start() {
        Map<DefinitionKey, @Nullable Versioned> undone = new LinkedHashMap<>();
        for (int i = entries.size() - 1; i >= 0; i--) {
            entries.get(i).edits().forEach(edit -> undone.put(edit.id(), edit.before()));
        }
        return definitions.with(base, undone);
    }
}

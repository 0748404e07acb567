package dev.guidon.audit;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import dev.guidon.json.FlagFormatException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What definitions look like in events. What a definition is after one change it is before the next, so the last ones are remembered.
 * Not safe for use by several threads.
 */
final class DefinitionJson {

    private static final int REMEMBERED = 100;

    private record Written(Definition definition, FlagValue json) {}

    private final Map<DefinitionKey, Written> last = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DefinitionKey, Written> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** The definition as an object; as its text if an object would not say exactly the same, or if it cannot be read. */
    FlagValue of(@Nullable Versioned versioned) {
        if (versioned == null) {
            return FlagValue.NULL;
        }
        Definition definition = versioned.definition();
        Written known = last.get(definition.id());
        if (known == null || !known.definition().equals(definition)) {
            known = new Written(definition, write(definition));
            last.put(definition.id(), known);
        }
        return known.json();
    }

    private static FlagValue write(Definition definition) {
        String json = FlagFormat.writeRedacted(definition);
        if (!(definition instanceof Malformed)) {
            try {
                // As deep as it will be in the event.
                if (FlagFormat.readValue("[" + json + "]") instanceof FlagValue.Array event
                        && CanonicalJson.isExact(event)) {
                    return event.values().get(0);
                }
            } catch (FlagFormatException e) {
                // nested more deeply than the value of an event may be: it goes as text
                return EventFormat.text(json);
            }
        }
        return EventFormat.text(json);
    }
}

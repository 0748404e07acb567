package dev.guidon.redis;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.CommittedChange.Edit;
import dev.guidon.store.FlagStoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads entries of the stream of changes, as the commit script writes them. */
final class LogEntry {

    private final DefinitionCache cache;

    LogEntry(DefinitionCache cache) {
        this.cache = cache;
    }

    /** @param number the first part of the entry's id */
    CommittedChange decode(long number, Map<String, String> fields) {
        try {
            Revision revision = new Revision(field(fields, "epoch"), number, field(fields, "changeSet"));
            List<Edit> edits = new ArrayList<>();
            for (FlagValue each : ((FlagValue.Array) FlagFormat.readValue(field(fields, "edits"))).values()) {
                edits.add(edit(Version.of(revision), ((FlagValue.Array) each).values()));
            }
            return new CommittedChange(
                    revision,
                    field(fields, "previous"),
                    Instant.ofEpochMilli(Long.parseLong(field(fields, "at"))),
                    field(fields, "actor"),
                    fields.get("reason"),
                    edits);
        } catch (ClassCastException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new FlagStoreException("entry " + number + "-0 of the change log was not written by Guidon", e);
        }
    }

    /** The same for fields and values in turn. */
    CommittedChange decode(long number, List<?> flat) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(String.valueOf(flat.get(i)), String.valueOf(flat.get(i + 1)));
        }
        return decode(number, fields);
    }

    private Edit edit(Version written, List<FlagValue> parts) {
        DefinitionKey id = id(text(parts.get(0)));
        Version before = version(text(parts.get(1)));
        boolean put = text(parts.get(3)).equals("put");
        return new Edit(
                id,
                before.equals(Version.NONE) ? null : versioned(id, before, text(parts.get(2))),
                put ? versioned(id, written, text(parts.get(4))) : null);
    }

    private Versioned versioned(DefinitionKey id, Version version, String body) {
        return new Versioned(cache.definition(id, body), version);
    }

    /** A version as the commit script has it: the number, a space and the change set; 0 for none. */
    static String text(Version version) {
        return version.equals(Version.NONE) ? "0" : version.number() + " " + version.changeSet();
    }

    static Version version(String text) {
        int space = text.indexOf(' ');
        return space < 0 ? Version.NONE : new Version(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
    }

    /** The definition that a field of the versions names; null if it names none. */
    static @Nullable DefinitionKey parseId(String field) {
        if (field.startsWith("flag/")) {
            return DefinitionKey.flag(field.substring("flag/".length()));
        }
        return field.startsWith("segment/") ? DefinitionKey.segment(field.substring("segment/".length())) : null;
    }

    static DefinitionKey id(String field) {
        DefinitionKey id = parseId(field);
        if (id == null) {
            throw new IllegalArgumentException(field);
        }
        return id;
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no field " + name);
        }
        return value;
    }

    private static String text(FlagValue value) {
        return ((FlagValue.Text) value).value();
    }
}

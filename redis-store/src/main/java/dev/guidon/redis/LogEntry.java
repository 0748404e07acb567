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

    /**
     * A commit.
     *
     * @param number the first part of the entry's id
     * @param fields the fields of the entry
     * @param edits what it changed
     * @param before the bodies that were there before, empty if there were none; null to leave them out
     */
    CommittedChange decode(long number, Map<String, String> fields, String edits, @Nullable String before) {
        try {
            Revision revision = new Revision(field(fields, "epoch"), number, field(fields, "changeSet"));
            List<FlagValue> bodies =
                    before == null || before.isEmpty() ? List.of() : array(FlagFormat.readValue(before));
            List<Edit> all = new ArrayList<>();
            for (FlagValue each : array(FlagFormat.readValue(edits))) {
                String replaced = bodies.isEmpty() ? null : text(bodies.get(all.size()));
                all.add(edit(Version.of(revision), array(each), replaced));
            }
            return new CommittedChange(
                    revision,
                    field(fields, "previous"),
                    Instant.ofEpochMilli(Long.parseLong(field(fields, "at"))),
                    field(fields, "actor"),
                    fields.get("reason"),
                    all);
        } catch (ClassCastException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw foreign(number, e);
        }
    }

    /** The revision before a commit. */
    static Revision before(long number, Map<String, String> fields) {
        try {
            return before(field(fields, "epoch"), number, field(fields, "previous"));
        } catch (IllegalArgumentException e) {
            throw foreign(number, e);
        }
    }

    static Revision before(CommittedChange change) {
        Revision revision = change.revision();
        return before(revision.epoch(), revision.number(), change.previousChangeSet());
    }

    private static Revision before(String epoch, long number, String previous) {
        return number == 1 ? Revision.initial(epoch) : new Revision(epoch, number - 1, previous);
    }

    /** How many pieces the edits of an entry are in. */
    static int pieces(long number, Map<String, String> fields) {
        try {
            return Integer.parseInt(field(fields, "pieces"));
        } catch (IllegalArgumentException e) {
            throw foreign(number, e);
        }
    }

    private static FlagStoreException foreign(long number, RuntimeException cause) {
        return new ForeignEntryException("entry " + number + "-0 of the change log was not written by Guidon", cause);
    }

    /** Others have put something into the log. */
    static final class ForeignEntryException extends FlagStoreException {

        private static final long serialVersionUID = 1L;

        ForeignEntryException(String message, RuntimeException cause) {
            super(message, cause);
        }
    }

    /** Fields and values in turn. */
    static Map<String, String> fields(List<?> flat) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(String.valueOf(flat.get(i)), String.valueOf(flat.get(i + 1)));
        }
        return fields;
    }

    private Edit edit(Version written, List<FlagValue> parts, @Nullable String replaced) {
        DefinitionKey id = id(text(parts.get(0)));
        Version before = version(text(parts.get(1)));
        boolean put = text(parts.get(2)).equals("put");
        return new Edit(
                id,
                before.equals(Version.NONE) || replaced == null ? null : versioned(id, before, replaced),
                put ? versioned(id, written, text(parts.get(3))) : null);
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
        return space < 0
                ? Version.NONE
                : new Version(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
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

    private static List<FlagValue> array(FlagValue value) {
        return ((FlagValue.Array) value).values();
    }

    private static String text(FlagValue value) {
        return ((FlagValue.Text) value).value();
    }
}

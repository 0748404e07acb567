package dev.guidon.audit;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.audit.FlagChangeEvent.Entry;
import dev.guidon.audit.FlagChangeEvent.Other;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.CommittedChange.Edit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The data of an event in JSON, both ways. */
final class EventFormat {

    static final long SCHEMA = 1;
    static final String PREFIX = "dev.guidon.";
    private static final String LOG = "log.";

    private EventFormat() {}

    /** The data of one change. */
    static FlagValue write(
            String namespace, Position before, CommittedChange change, int position, DefinitionJson definitions) {
        Edit edit = change.edits().get(position);
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        String kind = edit.id().kind().name().toLowerCase(Locale.ROOT);
        fields.put("type", FlagValue.of(kind + "." + ChangeType.of(edit).word()));
        putEntry(
                fields,
                new Entry(
                        namespace,
                        before.sequence() + 1,
                        before.hash(),
                        change.revision(),
                        change.at(),
                        change.actor(),
                        change.reason()));
        fields.put("position", FlagValue.of(position));
        fields.put("size", FlagValue.of(change.edits().size()));
        fields.put("definition", text(edit.id().text()));
        FlagValue from = definitions.of(edit.before());
        FlagValue to = definitions.of(edit.after());
        fields.put("before", from);
        fields.put("after", to);
        if (edit.before() != null) {
            Version version = edit.before().version();
            fields.put("beforeVersion", FlagValue.of(version.number()));
            fields.put("beforeChangeSet", text(version.changeSet()));
        }
        if (from instanceof FlagValue.Obj && to instanceof FlagValue.Obj) {
            FlagValue patch = MergePatch.between(from, to);
            if (patch != null) {
                fields.put("patch", patch);
            }
        }
        return new FlagValue.Obj(fields);
    }

    /** The data of a break. */
    static FlagValue write(Break broken) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("type", FlagValue.of(LOG + broken.cause().name().toLowerCase(Locale.ROOT)));
        putEntry(fields, broken.entry());
        if (broken.from() != null) {
            Map<String, FlagValue> from = new LinkedHashMap<>();
            putRevision(from, broken.from());
            fields.put("from", new FlagValue.Obj(from));
        }
        return new FlagValue.Obj(fields);
    }

    private static void putEntry(Map<String, FlagValue> fields, Entry entry) {
        fields.put("schema", FlagValue.of(SCHEMA));
        fields.put("namespace", text(entry.namespace()));
        fields.put("sequence", FlagValue.of(entry.sequence()));
        if (!entry.predecessor().isEmpty()) {
            fields.put("predecessor", FlagValue.of(entry.predecessor()));
        }
        putRevision(fields, entry.revision());
        fields.put("at", FlagValue.of(entry.at().toString()));
        fields.put("actor", text(entry.actor()));
        if (entry.reason() != null) {
            fields.put("reason", text(entry.reason()));
        }
    }

    private static void putRevision(Map<String, FlagValue> fields, Revision revision) {
        fields.put("epoch", text(revision.epoch()));
        fields.put("revision", FlagValue.of(revision.number()));
        fields.put("changeSet", text(revision.changeSet()));
    }

    /** A text without halves of characters, which UTF-8 does not have. */
    static FlagValue text(String text) {
        if (CanonicalJson.isCharacters(text)) {
            return FlagValue.of(text);
        }
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c)
                .forEach(whole::appendCodePoint);
        return FlagValue.of(whole.toString());
    }

    static Entry entry(EventFields fields) {
        String predecessor = fields.optionalText("predecessor");
        return new Entry(
                fields.text("namespace"),
                fields.number("sequence"),
                predecessor == null ? "" : predecessor,
                revision(fields),
                fields.instant("at"),
                fields.text("actor"),
                fields.optionalText("reason"));
    }

    private static Revision revision(EventFields fields) {
        return new Revision(fields.text("epoch"), fields.number("revision"), fields.text("changeSet"));
    }

    /** Reads an event; one of a type that is not known is {@link Other}. */
    static FlagChangeEvent read(Entry entry, EventFields fields) {
        String type = fields.text("type");
        int dot = type.indexOf('.');
        String word = type.substring(dot + 1).toUpperCase(Locale.ROOT);
        if (type.startsWith(LOG)) {
            for (Break.Cause cause : Break.Cause.values()) {
                if (cause.name().equals(word)) {
                    EventFields from = fields.inner("from");
                    return new Break(entry, cause, from == null ? null : revision(from));
                }
            }
        } else if (type.startsWith("flag.") || type.startsWith("segment.")) {
            for (ChangeType change : ChangeType.values()) {
                if (change.name().equals(word)) {
                    return changed(entry, change, fields);
                }
            }
        }
        return new Other(PREFIX + type, entry.namespace());
    }

    private static Changed changed(Entry entry, ChangeType type, EventFields fields) {
        DefinitionKey id = id(fields.text("definition"));
        FlagValue before = fields.value("before");
        FlagValue after = fields.value("after");
        FlagValue patch = fields.value("patch");
        return new Changed(
                entry,
                type,
                Math.toIntExact(fields.number("position")),
                Math.toIntExact(fields.number("size")),
                id,
                before == null
                        ? null
                        : versioned(
                                id,
                                before,
                                new Version(fields.number("beforeVersion"), fields.text("beforeChangeSet"))),
                after == null ? null : versioned(id, after, Version.of(entry.revision())),
                patch == null ? null : patch.toString());
    }

    private static Versioned versioned(DefinitionKey id, FlagValue value, Version version) {
        String json = value instanceof FlagValue.Text text ? text.value() : value.toString();
        return new Versioned(FlagFormat.read(id, json), version);
    }

    private static DefinitionKey id(String name) {
        int slash = name.indexOf('/');
        String key = name.substring(slash + 1);
        return switch (name.substring(0, Math.max(0, slash))) {
            case "flag" -> DefinitionKey.flag(key);
            case "segment" -> DefinitionKey.segment(key);
            default ->
                throw EventFields.wrong("definition", FlagValue.of(name), "flag/ or segment/ and the definition's key");
        };
    }
}

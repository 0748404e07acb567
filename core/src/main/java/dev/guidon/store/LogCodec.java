package dev.guidon.store;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.LogRecord.Base;
import dev.guidon.store.LogRecord.Commit;
import dev.guidon.store.LogRecord.Release;
import dev.guidon.store.LogRecord.Retain;
import dev.guidon.store.LogRecord.Written;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a log file. Each is a JSON object whose last field, {@code check}, is the CRC-32 of the UTF-8 bytes before that field,
 * so that a line that was not written completely, or has been touched, is known for what it is. Definitions are kept as texts:
 * those which cannot be read stay as they are.
 */
final class LogCodec {

    private static final int FORMAT = 1;
    private static final String CHECK = ",\"check\":\"";
    private static final int CHECK_LENGTH = CHECK.length() + 8 + "\"}".length();

    private LogCodec() {}

    static String encode(LogRecord line) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        if (line instanceof Base base) {
            encode(base, fields);
        } else if (line instanceof Commit commit) {
            encode(commit, fields);
        } else if (line instanceof Written written) {
            fields.put("written", FlagValue.of(written.digest()));
        } else if (line instanceof Retain retain) {
            fields.put("retain", FlagValue.of(retain.consumer()));
            fields.put("reached", FlagValue.of(retain.reached()));
        } else if (line instanceof Release release) {
            fields.put("release", FlagValue.of(release.consumer()));
        }
        String object = new FlagValue.Obj(fields).toString();
        String start = object.substring(0, object.length() - 1);
        return start + CHECK + check(start) + "\"}";
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is not one that was encoded here
     * @throws FlagStoreException if it was written by a later version of Guidon
     */
    static LogRecord decode(String text) {
        int end = text.length() - CHECK_LENGTH - 1;
        if (end < 0 || !text.endsWith("\"}\n")) {
            throw new IllegalArgumentException("the line is not complete");
        }
        String start = text.substring(0, end);
        if (!text.startsWith(CHECK + check(start), end)) {
            throw new IllegalArgumentException("the line has another checksum than it says");
        }
        try {
            return decode(new Fields(FlagFormat.readValue(text)));
        } catch (ClassCastException | ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("the line is not one of a log: " + e.getMessage(), e);
        }
    }

    /** Whether a file that begins so may be a log; of what is none, not even a line should be read. */
    static boolean beginsLog(byte[] first) {
        return new String(first, StandardCharsets.UTF_8).startsWith("{\"guidonLog\":");
    }

    private static LogRecord decode(Fields line) {
        if (line.has("commit")) {
            return commit(line);
        } else if (line.has("written")) {
            return new Written(line.text("written"));
        } else if (line.has("retain")) {
            return new Retain(line.text("retain"), line.number("reached"));
        } else if (line.has("release")) {
            return new Release(line.text("release"));
        } else if (line.number("guidonLog") != FORMAT) {
            throw new FlagStoreException("found a log of format " + line.number("guidonLog") + "; allowed: " + FORMAT
                    + "; a later version of Guidon has written it");
        }
        return base(line);
    }

    private static void encode(Base base, Map<String, FlagValue> fields) {
        Revision revision = base.definitions().revision();
        fields.put("guidonLog", FlagValue.of(FORMAT));
        fields.put("id", FlagValue.of(base.id()));
        fields.put("epoch", FlagValue.of(revision.epoch()));
        fields.put("number", FlagValue.of(revision.number()));
        fields.put("changeSet", FlagValue.of(revision.changeSet()));
        fields.put("file", FlagValue.of(base.file()));
        Map<String, FlagValue> definitions = new LinkedHashMap<>();
        for (Map<String, Versioned> each :
                List.of(base.definitions().flags(), base.definitions().segments())) {
            each.values()
                    .forEach(one -> definitions.put(
                            one.definition().id().text(),
                            new FlagValue.Array(List.of(
                                    FlagValue.of(one.version().number()),
                                    FlagValue.of(one.version().changeSet()),
                                    FlagValue.of(FlagFormat.write(one.definition()))))));
        }
        fields.put("definitions", new FlagValue.Obj(definitions));
        Map<String, FlagValue> consumers = new LinkedHashMap<>();
        base.consumers().forEach((consumer, reached) -> consumers.put(consumer, FlagValue.of(reached)));
        fields.put("consumers", new FlagValue.Obj(consumers));
    }

    private static Base base(Fields line) {
        Map<String, Versioned> flags = new LinkedHashMap<>();
        Map<String, Versioned> segments = new LinkedHashMap<>();
        line.each("definitions", (name, value) -> {
            DefinitionKey id = id(name);
            List<FlagValue> parts = ((FlagValue.Array) value).values();
            Version version = new Version(Fields.number(parts.get(0)), Fields.text(parts.get(1)));
            Definition definition = FlagFormat.read(id, Fields.text(parts.get(2)));
            (id.kind() == DefinitionKey.Kind.FLAG ? flags : segments).put(id.key(), new Versioned(definition, version));
        });
        Map<String, Long> consumers = new LinkedHashMap<>();
        line.each("consumers", (consumer, reached) -> consumers.put(consumer, Fields.number(reached)));
        Revision revision = new Revision(line.text("epoch"), line.number("number"), line.text("changeSet"));
        return new Base(
                line.text("id"), new Definitions(revision, flags, segments, Extra.NONE), line.text("file"), consumers);
    }

    private static void encode(Commit commit, Map<String, FlagValue> fields) {
        fields.put("commit", FlagValue.of(commit.number()));
        fields.put("changeSet", FlagValue.of(commit.changeSet()));
        fields.put("previous", FlagValue.of(commit.previous()));
        fields.put("at", FlagValue.of(commit.at().toString()));
        fields.put("actor", FlagValue.of(commit.actor()));
        if (commit.reason() != null) {
            fields.put("reason", FlagValue.of(commit.reason()));
        }
        Map<String, FlagValue> edits = new LinkedHashMap<>();
        commit.edits()
                .forEach((id, after) ->
                        edits.put(id.text(), after == null ? FlagValue.NULL : FlagValue.of(FlagFormat.write(after))));
        fields.put("edits", new FlagValue.Obj(edits));
        fields.put("from", FlagValue.of(commit.from()));
        fields.put("to", FlagValue.of(commit.to()));
    }

    private static Commit commit(Fields line) {
        Map<DefinitionKey, @Nullable Definition> edits = new LinkedHashMap<>();
        line.each("edits", (name, after) -> {
            DefinitionKey id = id(name);
            edits.put(id, after instanceof FlagValue.Null ? null : FlagFormat.read(id, Fields.text(after)));
        });
        return new Commit(
                line.number("commit"),
                line.text("changeSet"),
                line.text("previous"),
                Instant.parse(line.text("at")),
                line.text("actor"),
                line.has("reason") ? line.text("reason") : null,
                edits,
                line.text("from"),
                line.text("to"));
    }

    private static DefinitionKey id(String name) {
        int slash = name.indexOf('/');
        String key = name.substring(slash + 1);
        return name.startsWith("segment/") ? DefinitionKey.segment(key) : DefinitionKey.flag(key);
    }

    private static String check(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(sum.getValue());
    }

    /** The fields of a line. */
    private record Fields(FlagValue line) {

        boolean has(String name) {
            return fields().containsKey(name);
        }

        String text(String name) {
            return text(field(name));
        }

        long number(String name) {
            return number(field(name));
        }

        void each(String name, BiConsumer<String, FlagValue> consumer) {
            ((FlagValue.Obj) field(name)).fields().forEach(consumer);
        }

        static String text(FlagValue value) {
            return ((FlagValue.Text) value).value();
        }

        static long number(FlagValue value) {
            return ((FlagValue.Number) value).value().longValueExact();
        }

        private FlagValue field(String name) {
            FlagValue value = fields().get(name);
            if (value == null) {
                throw new IllegalArgumentException("the line has no field " + name);
            }
            return value;
        }

        private Map<String, FlagValue> fields() {
            return ((FlagValue.Obj) line).fields();
        }
    }
}

package dev.guidon;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a last-known-good file holds. It is a JSON object: the store, the revision, the versions, the texts of malformed definitions as they
 * are, the others as a document, and last the SHA-256 of all UTF-8 bytes before it. A file that was cut off or touched anywhere is known by
 * that.
 *
 * @param source the store that the flags are from
 * @param saved when it was saved
 * @param definitions the definitions, at a revision of the store
 */
record SavedFlags(Source source, Instant saved, Definitions definitions) {

    /**
     * A store.
     *
     * @param store what it is, and where it keeps its flags
     * @param namespace its namespace
     */
    record Source(String store, String namespace) {
        @Override
        public String toString() {
            return Shown.part(store) + ", namespace " + Shown.part(namespace);
        }
    }

    /**
     * What the beginning of a file says of it.
     *
     * @param source the store that the flags are from
     * @param epoch the history of that store
     */
    record Head(Source source, String epoch) {

        /** Whether flags are of the same store: of its place, or of its history if that has moved to another place. */
        boolean isOf(Source other, Revision revision) {
            return source.equals(other)
                    || (source.namespace().equals(other.namespace()) && epoch.equals(revision.epoch()));
        }
    }

    /** The head of a file is in its first bytes, as many as this. */
    static final int HEAD_BYTES = 64 * 1024;

    private static final int FORMAT = 1;
    private static final Pattern START = Pattern.compile("\\{\\s*\"guidonLastKnownGood\":\\s*(\\d{1,18}),");
    private static final String NUMBER = ",\n  \"number\": ";
    private static final String DOCUMENT = ",\n  \"document\": ";
    private static final String SUM = ",\n  \"sha256\": \"";
    private static final String END = "\"\n}\n";
    private static final int SUM_LENGTH = SUM.length() + 64 + END.length();

    byte[] encode() {
        Map<String, String> head = new LinkedHashMap<>();
        Revision revision = definitions.revision();
        head.put("guidonLastKnownGood", Integer.toString(FORMAT));
        head.put("store", FlagValue.of(source.store()).toString());
        head.put("namespace", FlagValue.of(source.namespace()).toString());
        head.put("epoch", FlagValue.of(revision.epoch()).toString());
        head.put("number", Long.toString(revision.number()));
        head.put("changeSet", FlagValue.of(revision.changeSet()).toString());
        head.put("saved", FlagValue.of(saved.toString()).toString());
        Map<String, String> versions = new LinkedHashMap<>();
        Map<String, String> malformed = new LinkedHashMap<>();
        for (Map<String, Versioned> kind : kinds(definitions)) {
            for (Versioned one : kind.values()) {
                String id = one.definition().id().text();
                versions.put(
                        id,
                        "[" + one.version().number() + ", "
                                + FlagValue.of(one.version().changeSet()) + "]");
                if (one.definition() instanceof Malformed broken) {
                    malformed.put(id, FlagValue.of(broken.raw()).toString());
                }
            }
        }
        head.put("versions", object(versions, "\n    ", "\n  }"));
        head.put("malformed", object(malformed, "\n    ", "\n  }"));
        String object = object(head, "\n  ", "");
        String text =
                object + DOCUMENT + FlagFormat.writeJson(readable()).strip().replace("\n", "\n  ");
        return (text + SUM + sum(text) + END).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what was encoded.
     *
     * @throws RuntimeException saying why, if it is anything else
     */
    static SavedFlags decode(byte[] bytes) {
        String text = text(bytes);
        Matcher start = START.matcher(text);
        if (!start.lookingAt()) {
            throw new IllegalArgumentException("it does not begin like a last-known-good file");
        }
        long format = Long.parseLong(start.group(1));
        if (format != FORMAT) {
            throw new IllegalArgumentException("found format " + format + "; allowed: " + FORMAT
                    + ", the only one that this version of Guidon reads");
        }
        int sumAt = text.length() - SUM_LENGTH;
        int documentAt = text.indexOf(DOCUMENT);
        if (documentAt < 0 || sumAt < documentAt || !text.endsWith(END)) {
            throw new IllegalArgumentException("it is not complete");
        }
        String content = text.substring(0, sumAt);
        if (!text.startsWith(SUM + sum(content), sumAt)) {
            throw new IllegalArgumentException("its content does not have the checksum that it says");
        }
        FlagValue.Obj head = (FlagValue.Obj) FlagFormat.readValue(content.substring(0, documentAt) + "}");
        Definitions document = FlagFormat.readJson(content.substring(documentAt + DOCUMENT.length()));
        Revision revision = new Revision(text(head, "epoch"), number(head, "number"), text(head, "changeSet"));
        return new SavedFlags(source(head), Instant.parse(text(head, "saved")), definitions(revision, head, document));
    }

    /** Reads the beginning of what was encoded; null if it is anything else. */
    static @Nullable Head head(byte[] beginning) {
        String text = new String(beginning, StandardCharsets.UTF_8);
        int end = text.indexOf(NUMBER);
        if (end < 0 || !START.matcher(text).lookingAt()) {
            return null;
        }
        try {
            FlagValue.Obj head = (FlagValue.Obj) FlagFormat.readValue(text.substring(0, end) + "}");
            return new Head(source(head), text(head, "epoch"));
        } catch (RuntimeException damaged) {
            return null;
        }
    }

    private static Source source(FlagValue.Obj head) {
        return new Source(text(head, "store"), text(head, "namespace"));
    }

    private static Definitions definitions(Revision revision, FlagValue.Obj head, Definitions document) {
        FlagValue.Obj versions = (FlagValue.Obj) field(head, "versions");
        FlagValue.Obj malformed = (FlagValue.Obj) field(head, "malformed");
        Map<String, Versioned> flags = new LinkedHashMap<>();
        Map<String, Versioned> segments = new LinkedHashMap<>();
        for (String name : versions.fields().keySet()) {
            DefinitionKey id = name.startsWith("segment/")
                    ? DefinitionKey.segment(name.substring("segment/".length()))
                    : DefinitionKey.flag(name.substring("flag/".length()));
            Versioned readable = document.get(id);
            Definition definition =
                    readable == null ? FlagFormat.read(id, text(malformed, name)) : readable.definition();
            (id.kind() == DefinitionKey.Kind.FLAG ? flags : segments)
                    .put(id.key(), new Versioned(definition, version(field(versions, name))));
        }
        return new Definitions(revision, flags, segments, document.extra());
    }

    private Definitions readable() {
        return new Definitions(
                definitions.revision(),
                readable(definitions.flags()),
                readable(definitions.segments()),
                definitions.extra());
    }

    private static Map<String, Versioned> readable(Map<String, Versioned> all) {
        Map<String, Versioned> readable = new LinkedHashMap<>(all);
        readable.values().removeIf(one -> one.definition() instanceof Malformed);
        return readable;
    }

    private static List<Map<String, Versioned>> kinds(Definitions definitions) {
        return List.of(definitions.flags(), definitions.segments());
    }

    private static String object(Map<String, String> fields, String indent, String end) {
        return fields.isEmpty()
                ? "{}"
                : fields.entrySet().stream()
                        .map(field -> indent + FlagValue.of(field.getKey()) + ": " + field.getValue())
                        .collect(Collectors.joining(",", "{", end));
    }

    private static FlagValue field(FlagValue.Obj object, String name) {
        @Nullable FlagValue value = object.fields().get(name);
        if (value == null) {
            throw new IllegalArgumentException("it has no field " + name);
        }
        return value;
    }

    private static String text(FlagValue.Obj object, String name) {
        return ((FlagValue.Text) field(object, name)).value();
    }

    private static long number(FlagValue.Obj object, String name) {
        return number(field(object, name));
    }

    private static long number(FlagValue value) {
        return ((FlagValue.Number) value).value().longValueExact();
    }

    private static Version version(FlagValue value) {
        List<FlagValue> parts = ((FlagValue.Array) value).values();
        return new Version(number(parts.get(0)), ((FlagValue.Text) parts.get(1)).value());
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("found bytes that are no characters; allowed: UTF-8", e);
        }
    }

    private static String sum(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package dev.guidon.redis;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Version;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisFuture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads all definitions: the list of versions and digests, and those bodies which the near cache does not have. */
final class Bodies {

    private static final int CHUNK = 500;

    /** Number, digest of the body, and change set, as the commit script writes them. */
    private static final Pattern STORED = Pattern.compile("([1-9]\\d{0,17}) (\\p{XDigit}+) (.+)", Pattern.DOTALL);

    private final Redis redis;
    private final RedisKeys keys;
    private final DefinitionCache cache;

    Bodies(Redis redis, RedisKeys keys, DefinitionCache cache) {
        this.redis = redis;
        this.keys = keys;
        this.cache = cache;
    }

    /** All definitions in the order of their keys. Those that change meanwhile may be as before or after. */
    Map<DefinitionKey, Found> read(Link link) {
        Map<DefinitionKey, Stored> stored = new TreeMap<>();
        redis.await(link, link.commands().hgetall(keys.versions())).forEach((field, text) -> {
            DefinitionKey id = LogEntry.parseId(field);
            if (id != null) {
                stored.put(id, parse(text));
            }
        });
        Map<DefinitionKey, Found> found = new LinkedHashMap<>();
        List<DefinitionKey> missing = new ArrayList<>();
        stored.forEach((id, one) -> {
            Definition known = cache.find(id, one.digest());
            if (known == null) {
                missing.add(id);
            }
            found.put(id, new Found(known == null ? absent(id) : known, one.version(), known != null));
        });
        for (DefinitionKey.Kind kind : DefinitionKey.Kind.values()) {
            fetch(link, kind, missing.stream().filter(id -> id.kind() == kind).toList(), stored, found);
        }
        return found;
    }

    /** The bodies that have no version, as they stand. */
    Map<DefinitionKey, Found> unlisted(Link link, Set<DefinitionKey> listed) {
        Map<DefinitionKey, Found> found = new LinkedHashMap<>();
        for (DefinitionKey.Kind kind : DefinitionKey.Kind.values()) {
            String hash = kind == DefinitionKey.Kind.FLAG ? keys.flags() : keys.segments();
            redis.await(link, link.commands().hgetall(hash)).forEach((key, body) -> {
                DefinitionKey id = new DefinitionKey(kind, key);
                if (!listed.contains(id)) {
                    found.put(id, new Found(cache.definition(id, body), Version.NONE, true));
                }
            });
        }
        return found;
    }

    /** All chunks are on their way at the same time; what has arrived is parsed while the rest comes in. */
    private void fetch(
            Link link,
            DefinitionKey.Kind kind,
            List<DefinitionKey> ids,
            Map<DefinitionKey, Stored> stored,
            Map<DefinitionKey, Found> found) {
        String hash = kind == DefinitionKey.Kind.FLAG ? keys.flags() : keys.segments();
        List<RedisFuture<List<KeyValue<String, String>>>> chunks = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += CHUNK) {
            String[] fields = ids.subList(i, Math.min(i + CHUNK, ids.size())).stream()
                    .map(DefinitionKey::key)
                    .toArray(String[]::new);
            chunks.add(link.commands().hmget(hash, fields));
        }
        for (RedisFuture<List<KeyValue<String, String>>> chunk : chunks) {
            for (KeyValue<String, String> each : redis.await(link, chunk)) {
                if (each.hasValue()) {
                    DefinitionKey id = new DefinitionKey(kind, each.getKey());
                    Stored expected = stored.getOrDefault(id, Stored.NONE);
                    String digest = DefinitionCache.digest(each.getValue());
                    Definition definition = cache.definition(id, digest, each.getValue());
                    found.put(id, new Found(definition, expected.version(), digest.equals(expected.digest())));
                }
            }
        }
    }

    /** A version that was not written by a commit counts as none, to the commit script too. */
    private static Stored parse(String text) {
        Matcher matcher = STORED.matcher(text);
        return matcher.matches()
                ? new Stored(new Version(Long.parseLong(matcher.group(1)), matcher.group(3)), matcher.group(2))
                : Stored.NONE;
    }

    private static Malformed absent(DefinitionKey id) {
        return new Malformed(id, "", List.of(new Problem("", "a version without a definition", "a definition")));
    }

    /**
     * A definition as it was read.
     *
     * @param definition the definition
     * @param version its version
     * @param matches whether its body has the digest that belongs to the version
     */
    record Found(Definition definition, Version version, boolean matches) {

        /** Whether there is a version and no body. */
        boolean isMissing() {
            return definition instanceof Malformed malformed && malformed.raw().isEmpty() && !matches;
        }
    }

    /** What the list of versions says of a definition. */
    private record Stored(Version version, String digest) {
        static final Stored NONE = new Stored(Version.NONE, "");
    }
}

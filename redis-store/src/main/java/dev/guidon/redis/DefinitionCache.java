package dev.guidon.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.json.FlagFormat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The near cache of definitions, by key, version and digest. Values are held weakly: what no snapshot uses any more is forgotten, and
 * what one uses need not be read again.
 */
final class DefinitionCache {

    private final Cache<Key, Definition> cache = Caffeine.newBuilder()
            .weakValues()
            .executor(Runnable::run)
            .recordStats()
            .build();

    Cache<?, ?> cache() {
        return cache;
    }

    @Nullable
    Definition find(DefinitionKey id, Stored stored) {
        return cache.getIfPresent(new Key(id, stored));
    }

    /** The definition that a body holds, read only if it is not known. */
    Definition definition(DefinitionKey id, long version, String body) {
        return definition(id, new Stored(version, digest(body)), body);
    }

    /** The same for a body whose digest is known. */
    Definition definition(DefinitionKey id, Stored stored, String body) {
        Key key = new Key(id, stored);
        return cache.get(key, missing -> FlagFormat.read(id, body));
    }

    static String digest(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /**
     * What the store says of a definition without giving it.
     *
     * @param version its version
     * @param digest the SHA-1 of its body, as the commit script computed it
     */
    record Stored(long version, String digest) {}

    private record Key(DefinitionKey id, Stored stored) {}
}

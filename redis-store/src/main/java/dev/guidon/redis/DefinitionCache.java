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
 * The near cache of definitions, by key and digest of the body. Values are held weakly: what no snapshot uses any more is forgotten, and
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
    Definition find(DefinitionKey id, String digest) {
        return cache.getIfPresent(new Key(id, digest));
    }

    /** The definition that a body holds, read only if it is not known. */
    Definition definition(DefinitionKey id, String body) {
        return definition(id, digest(body), body);
    }

    /** The same for a body whose digest is known. */
    Definition definition(DefinitionKey id, String digest, String body) {
        return cache.get(new Key(id, digest), missing -> FlagFormat.read(id, body));
    }

    static String digest(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private record Key(DefinitionKey id, String digest) {}
}

package dev.guidon.spring.autoconfigure;

import dev.guidon.definition.Shown;
import dev.guidon.store.FileFlagStore;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.InMemoryFlagStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/** Where the flags are, unless that is Redis: in a file if one is named, else in memory. */
@AutoConfiguration(after = GuidonRedisStoreAutoConfiguration.class)
@ConditionalOnMissingBean(FlagStore.class)
@EnableConfigurationProperties(GuidonProperties.class)
public final class GuidonStoreAutoConfiguration {

    /** What the bean of a store is called that was made by an auto-configuration. */
    static final String BEAN = "guidonFlagStore";

    private static final Logger LOG = LoggerFactory.getLogger(GuidonStoreAutoConfiguration.class);

    /** For Spring to call. */
    GuidonStoreAutoConfiguration() {}

    @Bean(BEAN)
    FlagStore flagStore(GuidonProperties properties, ObjectProvider<Clock> clock, ResourceLoader resources) {
        StoreType store = properties.store();
        if (store == StoreType.REDIS) {
            throw new MisconfiguredException("guidon.store", "redis", missing(resources.getClassLoader()));
        }
        if (store == StoreType.FILE || (store == null && properties.file().path() != null)) {
            return file(properties, clock);
        }
        LOG.info(
                "Flags of namespace {} are in memory, since {}{}",
                properties.namespace(),
                store == null ? "neither Redis nor guidon.file.path is there" : "guidon.store=memory",
                properties.defaults() == null ? "" : "; they begin with guidon.defaults");
        return memory(properties, clock);
    }

    static InMemoryFlagStore memory(GuidonProperties properties, ObjectProvider<Clock> clock) {
        InMemoryFlagStore.Builder builder = InMemoryFlagStore.builder().namespace(properties.namespace());
        clock.ifUnique(builder::clock);
        BundledDefaults.of(properties.defaults()).ifPresent(builder::definitions);
        return builder.build();
    }

    /** What Redis lacks. */
    private static String missing(@Nullable ClassLoader classLoader) {
        return ClassUtils.isPresent("dev.guidon.redis.RedisFlagStore", classLoader)
                ? "guidon.redis.uri, or spring-boot-starter-data-redis with spring.data.redis.*, which say where Redis is"
                : "only with guidon-redis-store on the class path: add dev.guidon:guidon-redis-store";
    }

    private static FlagStore file(GuidonProperties properties, ObjectProvider<Clock> clock) {
        GuidonProperties.File file = properties.file();
        String path = file.path();
        if (path == null || path.isBlank()) {
            throw new MisconfiguredException(
                    "guidon.file.path", "nothing, although guidon.store=file", "the path of a file or a directory");
        }
        try {
            FileFlagStore.Builder builder = FileFlagStore.builder(Path.of(path))
                    .namespace(properties.namespace())
                    .pollInterval(file.pollInterval())
                    .createIfMissing(file.createIfMissing())
                    .readOnly(file.readOnly());
            clock.ifUnique(builder::clock);
            FlagStore store = builder.open();
            LOG.info(
                    "Flags of namespace {} come from {}, since {}",
                    properties.namespace(),
                    Shown.part(Path.of(path).toAbsolutePath().toString()),
                    properties.store() == null ? "guidon.file.path is set" : "guidon.store=file");
            return store;
        } catch (InvalidPathException e) {
            throw new MisconfiguredException("guidon.file.path", Shown.part(path), "a path (" + e.getReason() + ")", e);
        } catch (FlagStoreException e) {
            throw new MisconfiguredException(
                    "guidon.file.path",
                    Shown.part(path) + ", which cannot be opened: " + e.getMessage(),
                    "a flag file that ends with .yaml, .yml or .json, or a directory of such files;"
                            + " guidon.file.create-if-missing=true makes the file if there is none",
                    e);
        } catch (IllegalArgumentException e) {
            throw MisconfiguredException.of("guidon.file", e);
        }
    }
}

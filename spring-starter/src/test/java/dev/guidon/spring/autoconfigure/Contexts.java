package dev.guidon.spring.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.annotation.Configurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** What the tests of auto-configurations have in common. */
final class Contexts {

    private static final Class<?>[] ALL = {
        GuidonAuditAutoConfiguration.class,
        GuidonAutoConfiguration.class,
        GuidonEndpointAutoConfiguration.class,
        GuidonHealthAutoConfiguration.class,
        GuidonMetricsAutoConfiguration.class,
        GuidonOpenFeatureAutoConfiguration.class,
        GuidonRedisStoreAutoConfiguration.class,
        GuidonStoreAutoConfiguration.class,
        SslAutoConfiguration.class,
        DataRedisAutoConfiguration.class,
        KafkaAutoConfiguration.class
    };

    private Contexts() {}

    /** All of Guidon's, and those of Boot that they take something of. */
    static Configurations all() {
        return AutoConfigurations.of(ALL);
    }

    /** Those that Boot leaves over, by the metadata of our jar, when the classes of some packages are not there. */
    static Configurations without(String... packages) {
        Map<Object, Object> metadata = metadata();
        return AutoConfigurations.of(Arrays.stream(ALL)
                .filter(type -> Stream.of(packages)
                        .noneMatch(missing -> type.getName().startsWith(missing)
                                || String.valueOf(metadata.get(type.getName() + ".ConditionalOnClass"))
                                        .startsWith(missing)))
                .toArray(Class<?>[]::new));
    }

    private static Map<Object, Object> metadata() {
        try {
            return PropertiesLoaderUtils.loadAllProperties("META-INF/spring-autoconfigure-metadata.properties");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

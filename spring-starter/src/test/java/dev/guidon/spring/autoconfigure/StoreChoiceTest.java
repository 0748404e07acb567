package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.FileFlagStore;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.RedisOperations;

@DisplayName("The store")
@ExtendWith(OutputCaptureExtension.class)
class StoreChoiceTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(Contexts.all());

    @TempDir
    private Path folder;

    @Test
    @DisplayName("is the application's Redis if that and the module are there, and one line says so")
    void redis(CapturedOutput output) {
        application.run(context -> {
            assertThat(context).hasSingleBean(RedisFlagStore.class).hasSingleBean(FeatureFlags.class);
            assertThat(output.getAll().lines().filter(line -> line.contains("Flags of namespace")))
                    .singleElement()
                    .asString()
                    .contains("INFO", "default", "Redis", "localhost:6379", "guidon-redis-store");
        });
    }

    @Test
    @DisplayName("is a file if one is named and Redis is not there")
    void file(CapturedOutput output) throws IOException {
        Path file = flagFile();

        application
                .withClassLoader(new FilteredClassLoader(RedisFlagStore.class))
                .withPropertyValues("guidon.file.path=" + file, "guidon.namespace=test")
                .run(context -> {
                    assertThat(context.getBean(FlagStore.class)).isInstanceOf(FileFlagStore.class);
                    assertThat(context.getBean(FlagStore.class).namespace()).isEqualTo("test");
                    assertThat(context.getBean(FeatureFlags.class).isEnabled("dark-mode"))
                            .isTrue();
                    assertThat(output).contains("Flags of namespace test come from " + file, "guidon.file.path is set");
                });
    }

    @Test
    @DisplayName("is Redis rather than a file, and the line says how to have the file")
    void redisBeforeFile(CapturedOutput output) throws IOException {
        application.withPropertyValues("guidon.file.path=" + flagFile()).run(context -> {
            assertThat(context).hasSingleBean(RedisFlagStore.class);
            assertThat(output).contains("guidon.file.path is not used without guidon.store=file");
        });
    }

    @Test
    @DisplayName("is in memory if nothing else is there, and begins with the defaults")
    void memory(CapturedOutput output) {
        application
                .withClassLoader(new FilteredClassLoader(RedisFlagStore.class))
                .withPropertyValues("guidon.defaults=classpath:shop-flags.yaml")
                .run(context -> {
                    assertThat(context.getBean(FlagStore.class)).isInstanceOf(InMemoryFlagStore.class);
                    assertThat(context.getBean(FeatureFlags.class).isEnabled("dark-mode"))
                            .isTrue();
                    assertThat(output).contains("are in memory, since neither Redis nor guidon.file.path is there");
                });
    }

    @Test
    @DisplayName("is what guidon.store says")
    void forced() throws IOException {
        Path file = flagFile();

        application
                .withPropertyValues("guidon.store=memory", "guidon.file.path=" + file)
                .run(context -> assertThat(context.getBean(FlagStore.class)).isInstanceOf(InMemoryFlagStore.class));
        application
                .withPropertyValues("guidon.store=FILE", "guidon.file.path=" + file)
                .run(context -> assertThat(context.getBean(FlagStore.class)).isInstanceOf(FileFlagStore.class));
        application
                .withPropertyValues("guidon.store=redis", "guidon.file.path=" + file)
                .run(context -> assertThat(context.getBean(FlagStore.class)).isInstanceOf(RedisFlagStore.class));
    }

    @Test
    @DisplayName("is the Redis of guidon.redis.uri, with or without an application's Redis")
    void uri() {
        application
                .withPropertyValues("guidon.redis.uri=redis://user:secret@flags.example:6380/2")
                .run(context -> assertThat(context.getBean(RedisFlagStore.class))
                        .hasToString("RedisFlagStore[default in flags.example:6380 database 2]"));
        application
                .withClassLoader(new FilteredClassLoader(RedisOperations.class, DataRedisAutoConfiguration.class))
                .withPropertyValues("guidon.redis.uri=redis://flags.example")
                .run(context -> assertThat(context).hasSingleBean(RedisFlagStore.class));
    }

    @Test
    @DisplayName("is the application's own bean if it has one")
    void backOff() {
        application.withUserConfiguration(OwnStore.class).run(context -> {
            assertThat(context).hasSingleBean(FlagStore.class).hasBean("ownStore");
            assertThat(context.getBean(FeatureFlags.class).isEnabled("own")).isFalse();
            assertThat(context).hasSingleBean(FeatureFlags.class);
        });
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("and the flags do not need")
    @ValueSource(
            strings = {
                "dev.guidon.redis",
                "dev.guidon.audit",
                "dev.guidon.metrics",
                "io.micrometer",
                "io.lettuce",
                "org.apache.kafka",
                "org.springframework.boot.data.redis",
                "org.springframework.data.redis",
                "org.springframework.boot.kafka",
                "org.springframework.kafka",
                "org.springframework.boot.health",
                "org.springframework.boot.actuate",
                "org.springframework.security",
                "org.springframework.web"
            })
    void missing(String packageName) {
        new ApplicationContextRunner()
                .withConfiguration(Contexts.without(packageName))
                .withClassLoader(new FilteredClassLoader(packageName))
                .withPropertyValues("guidon.store=memory")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(FeatureFlags.class));
    }

    @Test
    @DisplayName("needs none of the optional things")
    void bare() {
        String[] packages = {
            "dev.guidon.redis",
            "dev.guidon.audit",
            "dev.guidon.metrics",
            "io.micrometer",
            "io.lettuce",
            "org.apache.kafka",
            "org.springframework.boot.data",
            "org.springframework.data",
            "org.springframework.boot.kafka",
            "org.springframework.kafka",
            "org.springframework.boot.health",
            "org.springframework.boot.actuate",
            "org.springframework.security",
            "org.springframework.web"
        };

        new ApplicationContextRunner()
                .withConfiguration(Contexts.without(packages))
                .withClassLoader(new FilteredClassLoader(packages))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(FeatureFlags.class));
    }

    @Test
    @DisplayName("is chosen alike in web applications")
    void web() {
        new WebApplicationContextRunner()
                .withConfiguration(Contexts.all())
                .run(context -> assertThat(context).hasSingleBean(RedisFlagStore.class));
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(Contexts.all())
                .run(context -> assertThat(context).hasSingleBean(RedisFlagStore.class));
    }

    private Path flagFile() throws IOException {
        return Files.writeString(folder.resolve("flags.yaml"), "flags: {dark-mode: {enabled: true}}");
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnStore {

        @Bean
        InMemoryFlagStore ownStore() {
            return new InMemoryFlagStore();
        }
    }
}

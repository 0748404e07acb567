package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.ClientStatus;
import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.FlagsListener;
import dev.guidon.evaluation.EvaluationListener;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

@DisplayName("The flags of an application")
class FeatureFlagsBeanTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(Contexts.all()).withPropertyValues("guidon.store=memory");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("are given the listeners in their order, and the clock if there is one")
    void listeners() {
        application.withUserConfiguration(Listening.class).run(context -> {
            context.getBean(FeatureFlags.class).isEnabled("dark-mode");

            assertThat(context.getBean(Heard.class)).containsExactly("first dark-mode", "second dark-mode");
            assertThat(context.getBean(FeatureFlags.class).status().since()).isEqualTo(NOON);
        });
    }

    @Test
    @DisplayName(
            "serve from the bundled defaults while Redis cannot be reached, without keeping the application from starting")
    void defaults() {
        new ApplicationContextRunner()
                .withConfiguration(Contexts.all())
                .withPropertyValues("guidon.redis.uri=redis://127.0.0.1:1", "guidon.defaults=classpath:shop-flags.yaml")
                .run(context -> {
                    FeatureFlags flags = context.getBean(FeatureFlags.class);
                    assertThat(flags.isEnabled("dark-mode")).isTrue();
                    assertThat(flags.status().state()).isEqualTo(ClientStatus.State.STALE);
                });
    }

    @Test
    @DisplayName("are kept in the last-known-good file")
    void lastKnownGood() throws Exception {
        Path file = folder.resolve("flags.json");
        Path flags = Files.writeString(folder.resolve("flags.yaml"), "flags: {dark-mode: {enabled: true}}");

        application
                .withPropertyValues("guidon.store=file", "guidon.file.path=" + flags, "guidon.last-known-good=" + file)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(file).content().contains("dark-mode");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    @DisplayName("log each change, unless that is turned off")
    void logChanges(CapturedOutput output) {
        application.withPropertyValues("guidon.namespace=loud").run(context -> switchOn(context, "dark-mode"));
        application
                .withPropertyValues("guidon.namespace=quiet", "guidon.log-changes=false")
                .run(context -> switchOn(context, "dark-mode"));

        assertThat(output)
                .containsPattern("INFO .*loud changed to revision \\S+ by ada: flag/dark-mode created")
                .doesNotContain("quiet changed");
    }

    private static void switchOn(AssertableApplicationContext context, String flag) throws InterruptedException {
        var written = FlagEditor.of(context.getBean(FlagStore.class), "ada").set(flag, true);
        assertThat(context.getBean(FeatureFlags.class).await(written, java.time.Duration.ofSeconds(10)))
                .isTrue();
    }

    @Test
    @DisplayName("start in the way that is asked for")
    void startMode() {
        application
                .withPropertyValues("guidon.start.mode=background")
                .run(context -> assertThat(context).hasSingleBean(FeatureFlags.class));
        application
                .withPropertyValues("guidon.start.mode=wait", "guidon.start.limit=3s")
                .run(context -> assertThat(
                                context.getBean(FeatureFlags.class).status().state())
                        .isEqualTo(ClientStatus.State.READY));
    }

    @Test
    @DisplayName("are the application's own if it has made some")
    void backOff() {
        application
                .withUserConfiguration(OwnFlags.class)
                .run(context -> assertThat(context).getBean(FeatureFlags.class).isSameAs(context.getBean("ownFlags")));
    }

    @Test
    @DisplayName("follow an editor's changes")
    void follow() {
        application.run(context -> {
            FeatureFlags flags = context.getBean(FeatureFlags.class);

            var written = FlagEditor.of(context.getBean(FlagStore.class), "ada").set("x", true);

            assertThat(flags.await(written, java.time.Duration.ofSeconds(10))).isTrue();
            assertThat(flags.isEnabled("x")).isTrue();
        });
    }

    @Test
    @DisplayName("are closed after the audit's relay and before the store")
    void destroyed() {
        List<String> destroyed = new ArrayList<>();

        application
                .withPropertyValues(
                        "guidon.audit.enabled=true", "guidon.audit.properties.bootstrap.servers=127.0.0.1:1")
                .withBean("order", DestructionAwareBeanPostProcessor.class, () -> new DestructionOrder(destroyed))
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(destroyed).containsSubsequence("auditRelay", "featureFlags", "guidonFlagStore");
    }

    private record DestructionOrder(List<String> destroyed)
            implements DestructionAwareBeanPostProcessor, BeanPostProcessor {

        @Override
        public void postProcessBeforeDestruction(Object bean, String beanName) {
            destroyed.add(beanName);
        }
    }

    static final class Heard extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        Heard heard() {
            return new Heard();
        }

        @Bean
        @Order(2)
        EvaluationListener second(Heard heard) {
            return (evaluation, context) -> heard.add("second " + evaluation.flagKey());
        }

        @Bean
        @Order(1)
        EvaluationListener first(Heard heard) {
            return (evaluation, context) -> heard.add("first " + evaluation.flagKey());
        }

        @Bean
        FlagsListener changes() {
            return new FlagsListener() {};
        }

        @Bean
        Clock noon() {
            return Clock.fixed(NOON, ZoneOffset.UTC);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnFlags {

        @Bean
        FeatureFlags ownFlags() {
            return FeatureFlags.of(new InMemoryFlagStore());
        }
    }
}

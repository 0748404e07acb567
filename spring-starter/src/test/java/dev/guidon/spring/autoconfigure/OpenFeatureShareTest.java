package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Serve;
import dev.guidon.openfeature.GuidonProvider;
import dev.guidon.store.FlagStore;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

@DisplayName("OpenFeature in several applications of one process")
@ExtendWith(OutputCaptureExtension.class)
class OpenFeatureShareTest {

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();

    @AfterEach
    void close() {
        api.shutdown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "of two applications in a process, each has its own flags, in whatever order they end; for all clients the newest has")
    void twoApplications(boolean firstEndsFirst) throws InterruptedException {
        ConfigurableApplicationContext first = start("guidon.store=memory");
        ConfigurableApplicationContext second = start("guidon.store=memory");
        create(first, "banner", "first");
        create(second, "banner", "second");

        assertThat(banner(first.getBean(Client.class))).isEqualTo("first");
        assertThat(banner(second.getBean(Client.class))).isEqualTo("second");
        assertThat(banner(api.getClient())).isEqualTo("second");

        (firstEndsFirst ? first : second).close();

        ConfigurableApplicationContext left = firstEndsFirst ? second : first;
        assertThat(banner(left.getBean(Client.class))).isEqualTo(firstEndsFirst ? "second" : "first");
        assertThat(banner(api.getClient())).isEqualTo(firstEndsFirst ? "second" : "first");

        left.close();

        assertThat(api.getProvider()).isInstanceOf(NoOpProvider.class);
        assertThat(banner(api.getClient())).isEqualTo("none");
    }

    @Test
    @DisplayName("of three applications in one domain, any may end, and the newest of those that are left answers")
    void threeApplications() throws InterruptedException {
        String[] settings = {"guidon.store=memory", "guidon.openfeature.domain=shop"};
        ConfigurableApplicationContext first = start(settings);
        ConfigurableApplicationContext second = start(settings);
        ConfigurableApplicationContext third = start(settings);
        create(first, "banner", "first");
        create(third, "banner", "third");

        second.close();
        assertThat(banner(api.getClient("shop"))).isEqualTo("third");
        assertThat(banner(api.getClient())).isEqualTo("none");

        third.close();
        assertThat(banner(api.getClient("shop"))).isEqualTo("first");
        assertThat(banner(first.getBean(Client.class))).isEqualTo("first");

        first.close();
        assertThat(banner(api.getClient("shop"))).isEqualTo("none");
    }

    @Test
    @DisplayName(
            "a provider that was there before serves again when the application ends, without having been shut down; the log warns")
    void replacesAndRestores(CapturedOutput output) {
        Recording before = new Recording();
        api.setProviderAndWait(before);

        ConfigurableApplicationContext application = start("guidon.store=memory");
        assertThat(api.getProvider()).isSameAs(application.getBean(GuidonProvider.class));
        application.close();

        assertThat(api.getProvider()).isSameAs(before);
        assertThat(before.calls).containsExactly("initialize");
        assertThat(output)
                .containsOnlyOnce("is replaced by this application's flags")
                .contains(Recording.class.getName());
    }

    @Test
    @DisplayName("an application that replaces nothing warns of nothing")
    void noWarning(CapturedOutput output) {
        start("guidon.store=memory").close();
        start("guidon.store=memory", "guidon.openfeature.domain=shop").close();

        assertThat(output).doesNotContain("is replaced by");
    }

    @Test
    @DisplayName("a child of the context that has the flags leaves the provider to it")
    void childContext() throws InterruptedException {
        ConfigurableApplicationContext parent = start("guidon.store=memory");
        create(parent, "banner", "welcome");

        new ApplicationContextRunner()
                .withParent(parent)
                .withConfiguration(Contexts.all())
                .run(child -> assertThat(child.getBean(Client.class)).isSameAs(parent.getBean(Client.class)));

        assertThat(banner(parent.getBean(Client.class))).isEqualTo("welcome");
        assertThat(banner(api.getClient())).isEqualTo("welcome");
        parent.close();
    }

    /** Remembers what the SDK asks it to do. */
    private static final class Recording extends InMemoryProvider {

        private final Queue<String> calls = new ConcurrentLinkedQueue<>();

        Recording() {
            super(Map.of());
        }

        @Override
        public void initialize(EvaluationContext context) {
            calls.add("initialize");
        }

        @Override
        public void shutdown() {
            calls.add("shutdown");
        }
    }

    private ConfigurableApplicationContext start(String... settings) {
        SpringApplication started = new SpringApplication(Flags.class);
        started.setWebApplicationType(WebApplicationType.NONE);
        started.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean(OpenFeatureAPI.class, () -> api, definition -> definition.setDestroyMethodName("")));
        return started.run(Stream.of(settings).map(setting -> "--" + setting).toArray(String[]::new));
    }

    private static String banner(Client client) {
        return client.getStringValue("banner", "none");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        GuidonStoreAutoConfiguration.class,
        GuidonAutoConfiguration.class,
        GuidonOpenFeatureAutoConfiguration.class
    })
    static class Flags {}

    private static void create(ApplicationContext context, String key, String value) throws InterruptedException {
        var revision = FlagEditor.of(context.getBean(FlagStore.class), "test")
                .create(Flag.of(key, FlagType.STRING, Map.of("a", FlagValue.of(value)), null)
                        .withFallthrough(Serve.variant("a")));
        assertThat(context.getBean(FeatureFlags.class).await(revision, Duration.ofSeconds(10)))
                .isTrue();
    }
}

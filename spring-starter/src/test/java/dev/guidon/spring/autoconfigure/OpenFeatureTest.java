package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Serve;
import dev.guidon.openfeature.GuidonProvider;
import dev.guidon.store.FlagStore;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Service;

@DisplayName("OpenFeature in an application")
class OpenFeatureTest {

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();

    private final ApplicationContextRunner any =
            new ApplicationContextRunner().withConfiguration(Contexts.all()).withPropertyValues("guidon.store=memory");

    private final ApplicationContextRunner application =
            any.withBean(OpenFeatureAPI.class, () -> api, definition -> definition.setDestroyMethodName(""));

    @AfterEach
    void close() {
        api.shutdown();
    }

    @Test
    @DisplayName("gives the application's flags to a client that can be injected")
    void client() {
        application.withBean(Banner.class).run(context -> {
            create(context, "banner", "welcome");

            assertThat(context.getBean(Banner.class).text("u-1")).isEqualTo("welcome");
            assertThat(api.getProviderMetadata().getName()).isEqualTo("Guidon");
        });
    }

    @Test
    @DisplayName("is that of the process, unless the application has its own")
    void ofTheProcess() {
        any.run(context -> {
            assertThat(context).getBean(OpenFeatureAPI.class).isSameAs(OpenFeatureAPI.getInstance());
            assertThat(OpenFeatureAPI.getInstance().getProvider()).isSameAs(context.getBean(GuidonProvider.class));
        });

        assertThat(OpenFeatureAPI.getInstance().getProvider()).isInstanceOf(NoOpProvider.class);
    }

    @Test
    @DisplayName("has the flags for one domain if one is named, and for no other")
    void domain() {
        application.withPropertyValues("guidon.openfeature.domain=shop").run(context -> {
            assertThat(api.getProvider("shop")).isSameAs(context.getBean(GuidonProvider.class));
            assertThat(api.getProvider()).isInstanceOf(NoOpProvider.class);
            assertThat(context.getBean(Client.class).getMetadata().getDomain()).startsWith("shop-");
        });

        assertThat(api.getProvider("shop")).isInstanceOf(NoOpProvider.class);
    }

    @Test
    @DisplayName("loses the provider when the application ends, and no other one that was set meanwhile")
    void ends() {
        GuidonProvider[] provider = new GuidonProvider[1];
        application.run(context -> provider[0] = context.getBean(GuidonProvider.class));
        assertThat(api.getProvider()).isInstanceOf(NoOpProvider.class);
        assertThat(provider[0].getBooleanEvaluation("a", false, null).getErrorMessage())
                .contains("shut down");

        NoOpProvider other = new NoOpProvider();
        OpenFeatureAPI second = OpenFeatureAPI.createIsolated();
        any.withBean(OpenFeatureAPI.class, () -> second, definition -> definition.setDestroyMethodName(""))
                .run(context -> second.setProviderAndWait(other));
        assertThat(second.getProvider()).isSameAs(other);
        second.shutdown();
    }

    @Test
    @DisplayName("does not keep an application from starting that has no flags yet")
    void withoutFlags() {
        application
                .withPropertyValues("guidon.store=redis", "guidon.redis.uri=redis://127.0.0.1:1")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Client client = context.getBean(Client.class);
                    assertThat(client.getProviderState()).isNotEqualTo(ProviderState.READY);
                    assertThat(client.getBooleanValue("a", true)).isTrue();
                });
    }

    @Test
    @DisplayName("backs off from a client and a provider of the application's own")
    void backsOff() {
        Client own = api.getClient("own");
        application
                .withBean(Client.class, () -> own)
                .withBean(
                        "ownProvider",
                        GuidonProvider.class,
                        () -> GuidonProvider.owning(() -> FeatureFlags.of(new dev.guidon.store.InMemoryFlagStore()))
                                .build())
                .run(context -> {
                    assertThat(context).getBean(Client.class).isSameAs(own);
                    assertThat(api.getProvider()).isSameAs(context.getBean("ownProvider"));
                });
    }

    @Test
    @DisplayName(
            "is left alone where that is switched off, where the module or the SDK is not there, or where there are no flags")
    void notThere() {
        application
                .withPropertyValues("guidon.openfeature.enabled=false")
                .run(context ->
                        assertThat(context).doesNotHaveBean(Client.class).hasSingleBean(FeatureFlags.class));
        for (String missing : new String[] {"dev.guidon.openfeature", "dev.openfeature"}) {
            new ApplicationContextRunner()
                    .withConfiguration(Contexts.without("dev.guidon.openfeature", "dev.openfeature"))
                    .withClassLoader(new FilteredClassLoader(missing))
                    .withPropertyValues("guidon.store=memory")
                    .run(context -> assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean("guidonProvider")
                            .hasSingleBean(FeatureFlags.class));
            any.withClassLoader(new FilteredClassLoader(missing))
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("openFeatureClient"));
        }
        new ApplicationContextRunner()
                .withConfiguration(org.springframework.boot.autoconfigure.AutoConfigurations.of(
                        GuidonOpenFeatureAutoConfiguration.class))
                .run(context -> assertThat(context).doesNotHaveBean(Client.class));
        assertThat(api.getProvider()).isInstanceOf(NoOpProvider.class);
    }

    @Test
    @DisplayName("follows the flags")
    void changes() {
        application.run(context -> {
            Client client = context.getBean(Client.class);
            create(context, "banner", "welcome");
            FlagEditor.of(context.getBean(FlagStore.class), "test").delete("banner");

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() ->
                            assertThat(client.getStringValue("banner", "none")).isEqualTo("none"));
        });
    }

    @Test
    @DisplayName("refuses a domain that is blank")
    void blankDomain() {
        application
                .withPropertyValues("guidon.openfeature.domain= ")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("guidon.openfeature.domain"));
    }

    private static void create(ApplicationContext context, String key, String value) throws InterruptedException {
        var revision = FlagEditor.of(context.getBean(FlagStore.class), "test")
                .create(Flag.of(key, FlagType.STRING, Map.of("a", FlagValue.of(value)), null)
                        .withFallthrough(Serve.variant("a")));
        assertThat(context.getBean(FeatureFlags.class).await(revision, Duration.ofSeconds(10)))
                .isTrue();
    }
}

/** As in docs/spring.md. */
@Service
class Banner {

    private final Client client;

    Banner(Client client) {
        this.client = client;
    }

    String text(String user) {
        return client.getStringValue("banner", "none", new ImmutableContext(user));
    }
}

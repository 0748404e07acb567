package dev.guidon.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Flag;
import dev.guidon.store.InMemoryFlagStore;
import dev.openfeature.sdk.BooleanHook;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.HookContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Through the SDK")
class DomainsTest {

    private final InMemoryFlagStore shopStore =
            InMemoryFlagStore.builder().namespace("shop").build();
    private final InMemoryFlagStore blogStore =
            InMemoryFlagStore.builder().namespace("blog").build();
    private final FeatureFlags shop = FeatureFlags.of(shopStore);
    private final FeatureFlags blog = FeatureFlags.of(blogStore);
    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();

    @AfterEach
    void close() {
        api.shutdown();
        shop.close();
        blog.close();
        shopStore.close();
        blogStore.close();
    }

    @Test
    @DisplayName("two namespaces are two providers side by side, each for its domain")
    void sideBySide() throws InterruptedException {
        shop.await(FlagEditor.of(shopStore, "test").set("a", true), Duration.ofSeconds(10));
        blog.await(FlagEditor.of(blogStore, "test").set("a", false), Duration.ofSeconds(10));

        api.setProviderAndWait("shop", GuidonProvider.of(shop));
        api.setProviderAndWait("blog", GuidonProvider.of(blog));

        assertThat(api.getClient("shop").getBooleanValue("a", false)).isTrue();
        assertThat(api.getClient("blog").getBooleanValue("a", true)).isFalse();
    }

    @Test
    @DisplayName("one provider may serve several domains, and is not domain-scoped")
    void severalDomains() throws InterruptedException {
        shop.await(FlagEditor.of(shopStore, "test").set("a", true), Duration.ofSeconds(10));
        GuidonProvider provider = GuidonProvider.of(shop);

        api.setProviderAndWait("one", provider);
        api.setProviderAndWait("two", provider);

        assertThat(provider.isDomainScoped()).isFalse();
        assertThat(api.getClient("one").getBooleanValue("a", false)).isTrue();
        assertThat(api.getClient("two").getBooleanValue("a", false)).isTrue();
    }

    @Test
    @DisplayName(
            "hooks of the application run around an evaluation, and what they add to the context is evaluated; the provider has none")
    void hooks() throws InterruptedException {
        shop.await(
                FlagEditor.of(shopStore, "test")
                        .create(Flag.bool("a", true)
                                .withRules(new dev.guidon.definition.Rule(
                                        "fr",
                                        dev.guidon.definition.Attribute.of("country")
                                                .equalTo("FR"),
                                        "off"))),
                Duration.ofSeconds(10));
        GuidonProvider provider = GuidonProvider.of(shop);
        api.setProviderAndWait(provider);
        List<String> stages = new ArrayList<>();
        Client client = api.getClient().addHooks(new BooleanHook() {
            @Override
            public Optional<EvaluationContext> before(HookContext<Boolean> context, Map<String, Object> hints) {
                stages.add("before");
                return Optional.of(new ImmutableContext(Map.of("country", new Value("FR"))));
            }

            @Override
            public void after(
                    HookContext<Boolean> context, FlagEvaluationDetails<Boolean> details, Map<String, Object> hints) {
                stages.add("after " + details.getReason());
            }
        });

        assertThat(client.getBooleanValue("a", true)).isFalse();

        assertThat(stages).containsExactly("before", "after TARGETING_MATCH");
        assertThat(provider.getProviderHooks()).isEmpty();
    }

    @Test
    @DisplayName("tracking does nothing")
    void tracking() {
        api.setProviderAndWait(GuidonProvider.of(shop));
        Told told = Told.by(api);

        api.getClient().track("paid", new ImmutableContext("u-1"), new MutableTrackingEventDetails(99.5));

        assertThat(told.types()).isEmpty();
        assertThat(shop.revision().number()).isZero();
    }
}

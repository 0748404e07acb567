package dev.guidon.openfeature.gherkin;

import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.StartMode;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.openfeature.GuidonProvider;
import dev.guidon.store.FlagStore;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.exceptions.OpenFeatureError;
import io.cucumber.java.After;
import io.cucumber.java.Before;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What the steps of a scenario share: an API of its own with a real provider. Scenarios run one after the other. */
public final class World {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static @Nullable Backend backend;
    private static @Nullable World current;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean cut;

    /** Isolated from those of other tests. */
    final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();

    final Client client = api.getClient();

    /** The context of the last evaluation, as Guidon was given it. */
    volatile EvaluationContext heard = EvaluationContext.EMPTY;

    /** For Cucumber to make. */
    public World() {}

    static void use(Backend newBackend) {
        backend = newBackend;
    }

    static World current() {
        return Objects.requireNonNull(current);
    }

    /** Begins a scenario. */
    @Before
    public void begin() {
        current = this;
    }

    /** Ends a scenario. */
    @After
    public void end() throws Exception {
        api.shutdown();
        for (AutoCloseable one : opened) {
            one.close();
        }
        if (cut) {
            backend().mend();
        }
    }

    void provider(String status) {
        switch (status) {
            case "stable" -> {
                api.setProviderAndWait(provider(Duration.ofSeconds(10)));
                Assertions.assertThat(client.getProviderState()).isEqualTo(ProviderState.READY);
            }
            case "not ready" -> {
                cut();
                api.setProvider(provider(Duration.ofMinutes(1)));
            }
            case "error" -> {
                cut();
                failsToSet(provider(Duration.ofMillis(100)));
            }
            case "fatal" -> {
                FeatureFlags closed = flags(StartMode.oneAttempt());
                closed.close();
                failsToSet(GuidonProvider.of(closed));
            }
            case "stale" -> {
                provider("stable");
                cut();
                Awaitility.await().atMost(PATIENCE).until(() -> client.getProviderState() == ProviderState.STALE);
            }
            default -> throw new IllegalArgumentException(status);
        }
    }

    private FeatureProvider provider(Duration readyWithin) {
        FeatureFlags flags = flags(cut ? StartMode.background() : StartMode.oneAttempt());
        if (cut) {
            Awaitility.await().atMost(PATIENCE).until(() -> flags.status().state() == State.ERROR);
        }
        return GuidonProvider.builder(flags)
                .readyWithin(readyWithin)
                .metadata(SpecificationFlags::metadata)
                .build();
    }

    private FeatureFlags flags(StartMode mode) {
        FlagStore store = backend().open();
        if (backend() instanceof Backend.Redis) {
            opened.push(store);
        }
        FeatureFlags flags = FeatureFlags.builder(store)
                .startMode(mode)
                .evaluationListener((evaluation, context) -> heard = context)
                .build();
        opened.push(flags);
        return flags;
    }

    private void failsToSet(FeatureProvider provider) {
        Assertions.assertThatThrownBy(() -> api.setProviderAndWait(provider)).isInstanceOf(OpenFeatureError.class);
    }

    private void cut() {
        cut = true;
        backend().cut();
    }

    private static Backend backend() {
        return Objects.requireNonNull(backend);
    }
}

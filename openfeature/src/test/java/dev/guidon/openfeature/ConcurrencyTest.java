package dev.guidon.openfeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Flag;
import dev.guidon.store.InMemoryFlagStore;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;

@DisplayName("While many threads evaluate")
class ConcurrencyTest {

    private static final int THREADS = 8;

    @RepeatedTest(3)
    @DisplayName(
            "flags change, the store comes and goes, and no answer is wrong: value and revision are of one snapshot")
    void changes() throws Exception {
        CutStore store = new CutStore(InMemoryFlagStore.of(Flag.bool("a", true)));
        OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        AtomicBoolean going = new AtomicBoolean(true);
        try (FeatureFlags flags = FeatureFlags.of(store)) {
            api.setProviderAndWait(GuidonProvider.of(flags));
            Client client = api.getClient();
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(executor.submit(() -> evaluate(client, going)));
            }

            FlagEditor editor = FlagEditor.of(store, "test");
            for (int i = 1; i <= 20; i++) {
                // It is on at revision 1, off at revision 2, and so on.
                var revision = editor.update("a", flag -> flag.withEnabled(!flag.enabled()));
                assertThat(flags.await(revision, Duration.ofSeconds(30))).isTrue();
            }
            store.cut();
            await().until(() -> client.getProviderState() == ProviderState.STALE);
            store.mend();
            await().until(() -> client.getProviderState() == ProviderState.READY);
            going.set(false);

            for (Future<Long> one : all) {
                assertThat(one.get()).isPositive();
            }
        } finally {
            going.set(false);
            executor.shutdown();
            api.shutdown();
            store.close();
        }
    }

    private static long evaluate(Client client, AtomicBoolean going) {
        ImmutableContext context = new ImmutableContext("u-1");
        long evaluations = 0;
        do {
            FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("a", false, context);
            assertThat(details.getErrorCode()).isNull();
            assertThat(details.getValue()).isEqualTo(details.getFlagMetadata().getLong("revision") % 2 == 1);
            evaluations++;
        } while (going.get());
        return evaluations;
    }

    @RepeatedTest(3)
    @DisplayName("a provider is shut down and begins again: each answer is right, or says that it is not ready")
    void shutdowns() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        AtomicBoolean going = new AtomicBoolean(true);
        try (InMemoryFlagStore store = InMemoryFlagStore.of(Flag.bool("a", true))) {
            GuidonProvider provider =
                    GuidonProvider.owning(() -> FeatureFlags.of(store)).build();
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(executor.submit(() -> {
                    boolean right = true;
                    while (going.get()) {
                        var evaluation = provider.getBooleanEvaluation("a", false, null);
                        right &= evaluation.getErrorCode() == ErrorCode.PROVIDER_NOT_READY
                                ? !evaluation.getValue()
                                : evaluation.getValue();
                    }
                    return right;
                }));
            }

            for (int i = 0; i < 10; i++) {
                provider.initialize(null);
                provider.shutdown();
            }
            going.set(false);

            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            going.set(false);
            executor.shutdown();
        }
    }
}

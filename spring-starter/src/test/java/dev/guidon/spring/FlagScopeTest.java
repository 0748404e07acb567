package dev.guidon.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Schedulers;

class FlagScopeTest {

    private static final EvaluationContext ADA = EvaluationContext.of("ada");

    private final Snapshot snapshot = Snapshot.of(Definitions.of(Flag.bool("dark-mode", true)));
    private final CurrentFlags flags = CurrentFlags.over(snapshot);
    private final ExecutorService oneThread = Executors.newSingleThreadExecutor();

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(FlagScope.current()).isNull();
        assertThat(oneThread.submit(FlagScope::current).get()).isNull();
        oneThread.shutdownNow();
    }

    @Test
    @DisplayName("a context is made when it is first asked for, and once")
    void lazily() {
        AtomicInteger made = new AtomicInteger();
        FlagScope scope = FlagScope.of(snapshot, () -> EvaluationContext.of("user-" + made.incrementAndGet()));

        assertThat(made).hasValue(0);
        assertThat(scope.context().targetingKey()).isEqualTo("user-1");
        assertThat(scope.context().targetingKey()).isEqualTo("user-1");
        assertThat(made).hasValue(1);
    }

    @Test
    @DisplayName("what helps to make a context may ask for a flag, which is then evaluated for nobody")
    void again() {
        FlagScope[] scope = new FlagScope[1];
        scope[0] = FlagScope.of(
                snapshot,
                () -> EvaluationContext.builder("ada")
                        .set("dark", scope[0].isEnabled("dark-mode"))
                        .set("asked-for", String.valueOf(scope[0].context().targetingKey()))
                        .build());

        assertThat(scope[0].context().attribute("dark")).isEqualTo(true);
        assertThat(scope[0].context().attribute("asked-for")).isEqualTo("null");
        assertThat(scope[0].context().targetingKey()).isEqualTo("ada");
    }

    @Test
    @DisplayName("a context that cannot be made is empty, and flags answer")
    void failing() {
        FlagScope scope = FlagScope.of(snapshot, () -> {
            throw new IllegalStateException("no accounts");
        });

        assertThat(scope.isEnabled("dark-mode")).isTrue();
        assertThat(scope.context()).isSameAs(EvaluationContext.EMPTY);
    }

    @Test
    @DisplayName("once its work has ended nothing reads what a context would have been made of")
    void ended() {
        FlagScope unasked = FlagScope.of(snapshot, () -> ADA);
        FlagScope asked = FlagScope.of(snapshot, () -> ADA);
        asked.context();

        unasked.end();
        asked.end();

        assertThat(unasked.context()).isSameAs(EvaluationContext.EMPTY);
        assertThat(asked.context()).isSameAs(ADA);
    }

    @Test
    @DisplayName("scopes nest, and the inner one keeps the flags of the outer")
    void nested() {
        try (var outer = flags.enter(ADA)) {
            assertThat(outer).isNotNull();
            try (var inner = flags.enter(EvaluationContext.of("bob"))) {
                assertThat(inner).isNotNull();
                assertThat(flags.context().targetingKey()).isEqualTo("bob");
                assertThat(flags.view()).isSameAs(snapshot);
            }
            assertThat(flags.context()).isSameAs(ADA);
        }
        assertThat(flags.context()).isSameAs(EvaluationContext.EMPTY);
    }

    @Test
    @DisplayName(
            "an executor that is wrapped for context propagation knows for whom a task was submitted, and forgets it")
    void executor() throws Exception {
        ExecutorService carrying = ContextExecutorService.wrap(
                oneThread, () -> ContextSnapshotFactory.builder().build().captureAll());

        CompletableFuture<String> there;
        try (var work = flags.enter(ADA)) {
            assertThat(work).isNotNull();
            there = CompletableFuture.supplyAsync(
                    () -> String.valueOf(flags.context().targetingKey()), carrying);
        }

        assertThat(there.get()).isEqualTo("ada");
    }

    @Test
    @DisplayName("what is carried to another thread has its context made on the one that it comes from")
    void madeAtHome() throws Exception {
        FlagScope scope = FlagScope.of(
                snapshot, () -> EvaluationContext.of(Thread.currentThread().getName()));
        FlagScope.Binding bound = scope.bind();
        Runnable ask = () -> scope.isEnabled("dark-mode");
        Runnable carried = ContextSnapshotFactory.builder().build().captureAll().wrap(ask);
        bound.close();

        oneThread.submit(carried).get();

        assertThat(scope.context().targetingKey())
                .isEqualTo(Thread.currentThread().getName());
    }

    @Test
    @DisplayName("a reactive chain knows on all its threads for whom it was subscribed to")
    void chain() {
        Hooks.enableAutomaticContextPropagation();
        try (var work = flags.enter(ADA)) {
            assertThat(work).isNotNull();

            assertThat(Flux.range(0, 100)
                            .publishOn(Schedulers.parallel())
                            .map(i -> String.valueOf(flags.context().targetingKey()))
                            .publishOn(Schedulers.boundedElastic())
                            .map(who -> who + " " + flags.context().targetingKey())
                            .distinct()
                            .collectList()
                            .block())
                    .containsExactly("ada ada");
        } finally {
            Hooks.disableAutomaticContextPropagation();
        }
    }
}

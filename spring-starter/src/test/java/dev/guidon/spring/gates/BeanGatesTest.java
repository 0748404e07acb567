package dev.guidon.spring.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.spring.ClosedGateException;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FeatureGate;
import dev.guidon.spring.FlagScope;
import dev.guidon.spring.FlagsInMemory;
import dev.guidon.store.FlagStore;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@DisplayName("The gate of a bean's method")
@SpringBootTest(
        classes = BeanGatesTest.Application.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {"spring.kafka.listener.auto-startup=false", "spring.kafka.bootstrap-servers=127.0.0.1:1"})
class BeanGatesTest {

    @Autowired
    private Answers answers;

    @Autowired
    private CurrentFlags flags;

    @Autowired
    private FeatureFlags live;

    @Autowired
    private FlagStore store;

    @BeforeEach
    void closed() throws InterruptedException {
        set("moves", false);
    }

    @Test
    @DisplayName("skips what returns nothing while it is closed, and calls it while it is open")
    void nothing() throws InterruptedException {
        answers.act();
        assertThat(answers.acts()).isZero();

        set("moves", true);
        answers.act();
        assertThat(answers.acts()).isEqualTo(1);
    }

    @Test
    @DisplayName("gives the empty value of a type that has one")
    void empty() {
        assertThat(answers.optional()).isEmpty();
        assertThat(answers.list()).isEmpty();
        assertThat(answers.map()).isEmpty();
        assertThat(answers.array()).isEmpty();
        assertThat(answers.stream()).isEmpty();
        assertThat(answers.mono().blockOptional()).isEmpty();
        assertThat(answers.flux().collectList().block()).isEmpty();
        assertThat(answers.done()).isCompletedWithValue(null);
    }

    @Test
    @DisplayName("throws where a type has none, and fails a future")
    void exception() {
        assertThatThrownBy(answers::text)
                .isInstanceOfSatisfying(ClosedGateException.class, closed -> {
                    assertThat(closed.flagKey()).isEqualTo("moves");
                    assertThat(closed.status()).isEqualTo(404);
                })
                .hasMessageContaining("'moves' is closed");
        assertThatThrownBy(answers::number).isInstanceOf(ClosedGateException.class);
        assertThat(answers.future()).isCompletedExceptionally();
    }

    @Test
    @DisplayName("calls the fallback, which may be private, with the same arguments")
    void fallback() throws InterruptedException {
        assertThat(answers.price("tea")).isEqualTo("old price of tea");
        assertThat(answers.lazyPrice("tea").block()).isEqualTo("old price of tea");
        assertThatThrownBy(() -> answers.fails("tea"))
                .isInstanceOf(IOException.class)
                .hasMessage("no tea");

        set("moves", true);
        assertThat(answers.price("tea")).isEqualTo("new price of tea");
        assertThat(answers.lazyPrice("tea").block()).isEqualTo("new price of tea");
    }

    @Test
    @DisplayName("asks for the work at hand")
    @SuppressWarnings("try") // what ends the work need not be used
    void workAtHand() {
        assertThatThrownBy(answers::forAda).isInstanceOf(ClosedGateException.class);

        try (var work = flags.enter(EvaluationContext.of("ada"))) {
            assertThat(answers.forAda()).isEqualTo("in");
        }
    }

    @Test
    @DisplayName("asks for each subscriber's work, and calls the method for each")
    void subscribers() throws InterruptedException {
        FlagScope ada = FlagScope.of(live.snapshot(), EvaluationContext.of("ada"));
        Mono<Integer> mono = answers.monoForAda();

        assertThat(mono.blockOptional()).isEmpty();
        assertThat(mono.contextWrite(context -> context.put("dev.guidon.scope", ada))
                        .block())
                .isEqualTo(1);
        assertThat(mono.contextWrite(context -> context.put("dev.guidon.scope", ada))
                        .block())
                .isEqualTo(2);
        assertThat(answers.failing()).isNotNull();
        set("moves", true);
        assertThatThrownBy(() -> answers.failing().block()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("holds for all methods of a class, but not for what the container asks")
    void ofClass(@Autowired WholeClass whole) throws InterruptedException {
        assertThat(whole.list()).isEmpty();
        assertThat(whole.getOrder()).isEqualTo(7);
        assertThat(whole.toString()).isEqualTo("whole");

        set("moves", true);
        assertThat(whole.list()).containsExactly("in");
    }

    @Test
    @DisplayName(
            "may stand on an interface, of a final class, a proxy or a lambda, and on an annotation of the application")
    void interfaces(@Autowired List<Gated> gated) throws InterruptedException {
        assertThat(gated).hasSize(3).allSatisfy(each -> assertThat(each.get()).isEmpty());
        assertThat(gated).allSatisfy(each -> assertThat(each.name()).isEqualTo("free"));

        set("moves", true);
        assertThat(gated).allSatisfy(each -> assertThat(each.get()).contains("in"));
    }

    @Test
    @DisplayName("is before a scheduled method, an event's and a message's")
    void calledBySpring(
            @Autowired Jobs jobs,
            @Autowired ApplicationEventPublisher events,
            @Autowired KafkaListenerEndpointRegistry listeners)
            throws InterruptedException {
        @SuppressWarnings("unchecked")
        var listener = (AcknowledgingConsumerAwareMessageListener<Object, Object>) listeners
                .getListenerContainer("orders")
                .getContainerProperties()
                .getMessageListener();
        int before = jobs.ticks();
        await().until(() -> jobs.openTicks() > 3);
        events.publishEvent("moved");
        listener.onMessage(new ConsumerRecord<>("orders", 0, 0, "k", "first"), null, null);

        assertThat(jobs.ticks()).isEqualTo(before);
        assertThat(jobs.seen()).isEmpty();

        set("moves", true);
        events.publishEvent("moved again");
        listener.onMessage(new ConsumerRecord<>("orders", 0, 1, "k", "second"), null, null);
        assertThat(jobs.seen()).containsExactly("moved again", "second");
        await().until(() -> jobs.ticks() > before);
    }

    @Test
    @DisplayName("is before an asynchronous method and a transaction, on the caller's thread")
    @SuppressWarnings("try") // what ends the work need not be used
    void first(@Autowired Elsewhere elsewhere, @Autowired Transactions transactions) {
        assertThat(elsewhere.forAda()).isCompletedExceptionally();
        try (var work = flags.enter(EvaluationContext.of("ada"))) {
            assertThat(elsewhere.forAda())
                    .succeedsWithin(Duration.ofSeconds(10))
                    .asString()
                    .startsWith("task-");
        }
        assertThat(transactions.begun).hasValue(0);

        elsewhere.inTransaction();
        assertThat(transactions.begun).hasValue(0);
        try (var work = flags.enter(EvaluationContext.of("ada"))) {
            elsewhere.inTransaction();
        }
        assertThat(transactions.begun).hasValue(1);
    }

    @Test
    @DisplayName("is tried once, also with a scoped proxy")
    void once(@Autowired Scoped scoped) throws InterruptedException {
        assertThat(scoped.list()).isEmpty();
        set("moves", true);
        assertThat(scoped.list()).containsExactly("in");
        assertThat(Arrays.stream(((Advised) answers).getAdvisors())
                        .filter(advisor -> advisor.getClass().getName().contains("Gate")))
                .hasSize(1);
    }

    private void set(String flag, boolean value) throws InterruptedException {
        assertThat(live.await(FlagEditor.of(store, "test").set(flag, value), Duration.ofSeconds(30)))
                .isTrue();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableAsync
    @EnableScheduling
    @EnableTransactionManagement
    @Import({
        FlagsInMemory.class,
        Answers.class,
        WholeClass.class,
        FinalClass.class,
        Jobs.class,
        Elsewhere.class,
        Transactions.class,
        Scoped.class
    })
    static class Application {

        @Bean
        Gated jdkProxy() {
            return (Gated) Proxy.newProxyInstance(
                    Gated.class.getClassLoader(),
                    new Class<?>[] {Gated.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "get" -> Optional.of("in");
                        case "name" -> "free";
                        case "hashCode" -> 1;
                        default -> "proxy";
                    });
        }

        @Bean
        Gated lambda() {
            return () -> Optional.of("in");
        }
    }

    static class Answers {

        private final AtomicInteger acts = new AtomicInteger();
        private final AtomicInteger calls = new AtomicInteger();

        int acts() {
            return acts.get();
        }

        @FeatureGate("moves")
        void act() {
            acts.incrementAndGet();
        }

        @FeatureGate("moves")
        Optional<String> optional() {
            return Optional.of("in");
        }

        @FeatureGate("moves")
        List<String> list() {
            return List.of("in");
        }

        @FeatureGate("moves")
        Map<String, String> map() {
            return Map.of("in", "in");
        }

        @FeatureGate("moves")
        int[] array() {
            return new int[] {1};
        }

        @FeatureGate("moves")
        Stream<String> stream() {
            return Stream.of("in");
        }

        @FeatureGate("moves")
        Mono<String> mono() {
            return Mono.just("in");
        }

        @FeatureGate("moves")
        Mono<String> failing() {
            throw new IllegalStateException("in");
        }

        @FeatureGate("for-ada")
        Mono<Integer> monoForAda() {
            return Mono.just(calls.incrementAndGet());
        }

        @FeatureGate("moves")
        Flux<String> flux() {
            return Flux.just("in");
        }

        @FeatureGate("moves")
        CompletableFuture<String> future() {
            return CompletableFuture.completedFuture("in");
        }

        @FeatureGate("moves")
        CompletableFuture<Void> done() {
            return CompletableFuture.failedFuture(new IllegalStateException("called"));
        }

        @FeatureGate("moves")
        String text() {
            return "in";
        }

        @FeatureGate("moves")
        int number() {
            return 1;
        }

        @FeatureGate("for-ada")
        String forAda() {
            return "in";
        }

        @FeatureGate(value = "moves", fallback = "oldPrice")
        String price(String of) {
            return "new price of " + of;
        }

        @SuppressWarnings("UnusedMethod") // a fallback, found by its name
        private String oldPrice(String of) {
            return "old price of " + of;
        }

        @FeatureGate(value = "moves", fallback = "lazyOldPrice")
        Mono<String> lazyPrice(String of) {
            return Mono.just("new price of " + of);
        }

        @SuppressWarnings("UnusedMethod") // a fallback, found by its name
        private Mono<String> lazyOldPrice(String of) {
            return Mono.just("old price of " + of);
        }

        @FeatureGate(value = "moves", fallback = "none")
        String fails(String of) throws IOException {
            return of;
        }

        @SuppressWarnings("UnusedMethod") // a fallback, found by its name
        private String none(String of) throws IOException {
            throw new IOException("no " + of);
        }
    }

    @FeatureGate("moves")
    static class WholeClass implements Ordered {

        List<String> list() {
            return List.of("in");
        }

        @Override
        public int getOrder() {
            return 7;
        }

        @Override
        public String toString() {
            return "whole";
        }
    }

    @FeatureGate("moves")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Moving {}

    interface Gated {

        @Moving
        Optional<String> get();

        default String name() {
            return "free";
        }
    }

    static final class FinalClass implements Gated {

        @Override
        public Optional<String> get() {
            return Optional.of("in");
        }
    }

    @FeatureGate("moves")
    @Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class Scoped {

        List<String> list() {
            return new ArrayList<>(List.of("in"));
        }
    }

    static class Jobs {

        private final AtomicInteger ticks = new AtomicInteger();
        private final AtomicInteger openTicks = new AtomicInteger();
        private final List<String> seen = new CopyOnWriteArrayList<>();

        int ticks() {
            return ticks.get();
        }

        int openTicks() {
            return openTicks.get();
        }

        List<String> seen() {
            return seen;
        }

        @FeatureGate("moves")
        @Scheduled(fixedDelay = 1)
        void tick() {
            ticks.incrementAndGet();
        }

        @FeatureGate("on")
        @Scheduled(fixedDelay = 1)
        void openTick() {
            openTicks.incrementAndGet();
        }

        @FeatureGate("moves")
        @EventListener
        void on(String event) {
            seen.add(event);
        }

        @FeatureGate("moves")
        @KafkaListener(id = "orders", topics = "orders")
        void listen(ConsumerRecord<String, String> order) {
            seen.add(order.value());
        }
    }

    static class Elsewhere {

        @FeatureGate("for-ada")
        @Async
        CompletableFuture<String> forAda() {
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }

        @FeatureGate("for-ada")
        @Transactional
        void inTransaction() {}
    }

    static class Transactions extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1L;

        final AtomicInteger begun = new AtomicInteger();

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            begun.incrementAndGet();
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}

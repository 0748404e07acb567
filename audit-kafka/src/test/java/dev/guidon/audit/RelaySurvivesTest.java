package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.guidon.audit.Injected.Fault;
import dev.guidon.audit.RelayStatus.State;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

@DisplayName("A relay survives whatever is thrown")
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class RelaySurvivesTest {

    /** Enough calls of the store for a stay in the group from its beginning to its end, and some of the next. */
    private static final int CALLS = 10;

    private final String topic = Kafka.name("survives");
    private final InMemoryFlagStore store =
            InMemoryFlagStore.builder().namespace(topic).build();
    private final Editor editor = new Editor(store);
    private final Injected injected = new Injected("guidon-" + topic + "-audit");
    private final Map<String, Object> client = Kafka.with(
            Kafka.broker().clientProperties(), "partitioner.class", Struck.class.getName(), "injected", injected);

    enum Kind implements Fault {
        OUT_OF_MEMORY(new OutOfMemoryError("injected")),
        STACK_OVERFLOW(new StackOverflowError("injected")),
        NO_CLASS(new NoClassDefFoundError("injected")),
        ASSERTION(new AssertionError("injected")),
        RUNTIME(new IllegalStateException("injected")),
        CHECKED(new Exception("injected")),
        INTERRUPT(null);

        @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
        private final @Nullable Throwable thrown;

        Kind(@Nullable Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public void strike() throws Throwable {
            if (thrown == null) {
                Thread.currentThread().interrupt();
            } else {
                throw thrown;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("by any call of the store or of a partitioner: it says so, and publishes everything once")
    void store(Kind kind) {
        injected.arm(1, kind);
        try (AuditRelay relay = start(injected::around)) {
            for (int call = 2; call <= CALLS; call++) {
                editor.commit(2);
                FoundTrail.awaitAll(store, relay);
                await().atMost(Kafka.PATIENCE).until(injected::hasStruck);
                injected.arm(call, kind);
            }
            editor.commit(2);
            await().atMost(Kafka.PATIENCE).until(injected::hasStruck);

            FoundTrail.awaitAll(store, relay);
            await().atMost(Kafka.PATIENCE)
                    .untilAsserted(() -> assertThat(relay.status().problem()).isNull());
            if (kind != Kind.INTERRUPT) {
                assertThat(relay.board.failures()).isGreaterThanOrEqualTo(CALLS / 2);
            }
        }
        FoundTrail.assertWhole(store, Kafka.broker().clientProperties(), topic);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("by its clock or by the log")
    void clockAndLog(Kind kind) {
        LoggerContext context = ((Logger) LoggerFactory.getLogger(AuditRelay.class)).getLoggerContext();
        StruckLog log = new StruckLog();
        context.addTurboFilter(log);
        try (AuditRelay relay = start(UnaryOperator.identity())) {
            for (int call = 1; call <= 3; call++) {
                // Something to log, and something to tell the time of.
                injected.arm(call, kind);
                relay.board.failed("a problem " + "x".repeat(call));
                editor.commit(1);
                FoundTrail.awaitAll(store, relay);
                await().atMost(Kafka.PATIENCE)
                        .until(() -> relay.status().state() == State.ACTIVE
                                && relay.status().problem() == null);
            }
        } finally {
            context.getTurboFilterList().remove(log);
        }
        FoundTrail.assertWhole(store, Kafka.broker().clientProperties(), topic);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INTERRUPT")
    @DisplayName("again and again: the status names it, and a relay that is well again publishes")
    void persistent(Kind kind) {
        Fault always = new Fault() {
            @Override
            public void strike() throws Throwable {
                injected.arm(1, this);
                kind.strike();
            }
        };
        editor.commit(3);
        injected.arm(1, always);
        try (AuditRelay relay = start(injected::around)) {
            await().atMost(Kafka.PATIENCE).until(() -> relay.board.failures() >= 3);
            assertThat(relay.status().problem()).contains("injected");
            assertThat(relay.status().state()).isIn(State.CONNECTING, State.STANDBY);
            assertThat(relay.status().lag()).isEqualTo(-1);

            injected.arm(0, () -> {});

            FoundTrail.awaitAll(store, relay);
            await().atMost(Kafka.PATIENCE).until(() -> relay.status().problem() == null);
        }
        FoundTrail.assertWhole(store, Kafka.broker().clientProperties(), topic);
    }

    @Test
    @DisplayName("and an end that a stranger's interrupt meets is an end")
    void closes() {
        injected.arm(2, Kind.INTERRUPT);
        AuditRelay relay = start(injected::around);
        await().atMost(Kafka.PATIENCE).until(injected::hasStruck);

        relay.close();

        assertThat(relay.status().state()).isEqualTo(State.STOPPED);
    }

    private AuditRelay start(UnaryOperator<FlagStore> around) {
        return AuditRelay.builder(around.apply(store))
                .topic(AuditTopic.named(topic))
                .kafka(client)
                .clock(injected.clock())
                .longestRetry(Duration.ofMillis(300))
                .start();
    }

    /** A partitioner of the user's. */
    public static final class Struck implements Partitioner {

        private @Nullable Injected injected;

        /** Made by Kafka. */
        public Struck() {}

        @Override
        public void configure(Map<String, ?> configs) {
            injected = (Injected) configs.get("injected");
        }

        @Override
        public int partition(
                String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
            injected.call();
            return 0;
        }

        @Override
        public void close() {}
    }

    /** A logging back end that fails. */
    private final class StruckLog extends TurboFilter {
        @Override
        public FilterReply decide(
                Marker marker,
                Logger logger,
                ch.qos.logback.classic.Level level,
                String format,
                Object[] params,
                Throwable t) {
            if (logger.getName().startsWith("dev.guidon.audit")) {
                injected.call();
            }
            return FilterReply.NEUTRAL;
        }
    }
}

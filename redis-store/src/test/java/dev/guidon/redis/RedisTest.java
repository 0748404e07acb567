package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Serve;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.fixtures.TcpProxy;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.CommittedChange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** What tests of the store on one server share; everything that is opened is closed after the test. */
abstract class RedisTest {

    static final Duration TIMEOUT = Duration.ofMillis(500);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    final String namespace = "test-" + UUID.randomUUID();

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    <T extends AutoCloseable> T closing(T toClose) {
        opened.push(toClose);
        return toClose;
    }

    RedisServer server(String... configLines) {
        return closing(RedisServer.start(configLines));
    }

    TcpProxy proxy(RedisServer server) {
        return closing(TcpProxy.to(server.host(), server.port()));
    }

    RedisFlagStore store(RedisServer server) {
        return store(server.uri());
    }

    RedisFlagStore store(TcpProxy proxy) {
        return store("redis://127.0.0.1:" + proxy.port());
    }

    RedisFlagStore store(String uri) {
        return closing(
                RedisFlagStore.builder(namespace).uri(uri).timeout(TIMEOUT).build());
    }

    FeatureFlags flags(RedisFlagStore store) {
        return closing(FeatureFlags.of(store));
    }

    static FlagEditor editor(RedisFlagStore store) {
        return FlagEditor.of(store, "ann");
    }

    /** A flag that serves a text to everybody. */
    static Flag text(String key, String value) {
        return Flag.of(key, FlagType.STRING, Map.of("v", FlagValue.of(value)), "v")
                .withFallthrough(Serve.variant("v"));
    }

    static String value(FeatureFlags flags, String key) {
        return flags.getStringValue(key, "the default");
    }

    /** The whole log of a store. */
    static List<CommittedChange> log(RedisFlagStore store) {
        Revision beginning = Revision.initial(store.changes().head().epoch());
        try {
            return ((Read.Changes) store.changes().read(beginning, 1_000, Duration.ZERO)).changes();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void awaitState(FeatureFlags flags, State state) {
        await().atMost(Faults.PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(flags.status().state())
                        .as("%s", flags.status())
                        .isEqualTo(state));
    }

    static void awaitRevision(FeatureFlags flags, Revision revision) throws InterruptedException {
        assertThat(flags.await(revision, Faults.PATIENCE))
                .as("%s follows to %s", flags.status(), revision)
                .isTrue();
    }
}

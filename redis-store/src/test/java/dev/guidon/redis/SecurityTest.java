package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.guidon.ClientStatus;
import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.FlagStoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A store with a password")
@Timeout(60)
class SecurityTest {

    /** Nothing that is said may hold one of these. */
    private static final List<String> SECRETS = List.of("right-secret", "wrong-secret");

    private static RedisServer redis;

    private final Logger everything = (Logger) org.slf4j.LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeAll
    static void start() {
        redis = RedisServer.start("requirepass right-secret", "appendfsync no");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void listen() {
        everything.setLevel(Level.DEBUG);
        log.start();
        everything.addAppender(log);
    }

    @AfterEach
    void assertNothingLogged() {
        everything.detachAppender(log);
        everything.setLevel(Level.INFO);
        log.stop();
        assertThat(log.list)
                .isNotEmpty()
                .allSatisfy(event -> assertHarmless(
                        event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }

    @Test
    @DisplayName("works, and tells nobody")
    void works() {
        RedisFlagStore.Builder builder = RedisFlagStore.builder("production").uri(uri(":right-secret@"));
        try (RedisFlagStore store = builder.build();
                Instance app = new Instance(builder.build())) {
            app.awaitApplied(store.commit(Instance.creating("a")).revision());

            assertThat(store.status().available()).isTrue();
            assertThat(store).hasToString("RedisFlagStore[production in 127.0.0.1:%d]", redis.port());
            assertHarmless(store.status().toString() + app.flags().status());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a wrong password, :wrong-secret@, WRONGPASS",
        "an unknown user, mallory:wrong-secret@, WRONGPASS",
        "none, '', NOAUTH"
    })
    @DisplayName("says what is wrong, without repeating it, when it is given")
    void refused(String name, String credentials, String code) {
        try (RedisFlagStore store = RedisFlagStore.open(uri(credentials), "production");
                FeatureFlags flags = FeatureFlags.of(store)) {
            FlagStoreException failure = catchThrowableOfType(FlagStoreException.class, store::load);

            assertThat(failure)
                    .as(name)
                    .hasMessageContaining("127.0.0.1:" + redis.port())
                    .hasMessageContaining(code)
                    .hasMessageContaining("check user and password");
            assertHarmless(stackTrace(failure));
            assertThat(store.status().available()).isFalse();
            assertThat(store.status().problem()).contains(code);
            ClientStatus status = flags.status();
            assertThat(status.state()).isEqualTo(State.ERROR);
            assertThat(status.problem()).contains("check user and password");
            assertHarmless(status.toString() + store + store.status());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis:// :right-secret@host",
                "redi://mallory:right-secret@host",
                "redis://mallory:right-secret@host:port",
                "redis://mallory:right-secret@host:6379/x y",
                "mallory:right-secret@host",
                "redis://mallory:right-secret@",
                "redis-sentinel://mallory:right-secret@host",
                "redis://mallory:right%-secret@host?timeout=1x"
            })
    @DisplayName("does not repeat a URI that it cannot read")
    void unreadable(String uri) {
        everything.debug("So that something is logged");

        for (Runnable attempt : List.<Runnable>of(
                () -> RedisFlagStore.builder("production").uri(uri).build().close(),
                () -> RedisFlagStore.builder("production").cluster(uri).build().close())) {
            try {
                attempt.run();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("uri");
                assertHarmless(stackTrace(refused));
            }
        }
    }

    @Test
    @DisplayName("of a cluster says nothing about it either")
    void cluster() {
        try (RedisFlagStore store = RedisFlagStore.builder("production")
                .cluster(uri("mallory:wrong-secret@"))
                .build()) {
            FlagStoreException failure = catchThrowableOfType(FlagStoreException.class, store::load);

            assertThat(failure)
                    .hasMessageContaining("127.0.0.1:" + redis.port())
                    .hasMessageContaining("WRONGPASS");
            assertHarmless(stackTrace(failure) + store + store.status());
        }
    }

    @Test
    @DisplayName("notices when its password no longer holds, keeps the flags, and goes on when it does again")
    void changes() {
        try (Instance app = new Instance(RedisFlagStore.open(uri("rotating:right-secret@"), "rotation"))) {
            assertThat(app.flags().status().state()).isEqualTo(State.ERROR);

            redis.command("ACL", "SETUSER", "rotating", "on", ">right-secret", "~*", "+@all");
            app.awaitState(State.READY);
            app.askSteadily();
            redis.command("ACL", "SETUSER", "rotating", "off");
            redis.command("CLIENT", "KILL", "USER", "rotating");
            app.awaitState(State.STALE);
            redis.command("ACL", "SETUSER", "rotating", "on");

            app.awaitState(State.READY);
            app.assertAnsweredSteadily();
        }
    }

    private static String uri(String credentials) {
        return redis.uri().replace("redis://", "redis://" + credentials);
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static void assertHarmless(String text) {
        assertThat(text).doesNotContain(SECRETS);
    }
}

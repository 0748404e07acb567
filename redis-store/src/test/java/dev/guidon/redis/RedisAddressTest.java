package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.FlagStoreException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A URI of Redis")
@Timeout(60)
class RedisAddressTest {

    /** Characters that no message of ours or of Lettuce has three of in a row. */
    private static final String LETTERS = "QZXJKVWqzxjkvw7359";

    private static final String SPECIAL = "#?@:/%";

    private final Logger everything = (Logger) org.slf4j.LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        everything.setLevel(Level.DEBUG);
        log.start();
        everything.addAppender(log);
    }

    @AfterEach
    void stop() {
        everything.detachAppender(log);
        everything.setLevel(Level.INFO);
        log.stop();
    }

    static Stream<String> secrets() {
        Random random = new Random(13);
        return IntStream.range(0, 200).mapToObj(i -> {
            StringBuilder secret = new StringBuilder(word(random, 3 + random.nextInt(4)));
            int parts = 1 + random.nextInt(3);
            for (int part = 0; part < parts; part++) {
                secret.append(SPECIAL.charAt(random.nextInt(SPECIAL.length()))).append(word(random, 3));
            }
            return secret.toString();
        });
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }

    private static List<String> uris(String credentials) {
        return List.of(
                "redis://" + credentials + "@127.0.0.1:1",
                "rediss://" + credentials + "@127.0.0.1:1/3",
                "redis://" + credentials + "@127.0.0.1:1?timeout=1s",
                "redis-sentinel://" + credentials + "@127.0.0.1:1,127.0.0.1:2/0#master",
                "redis-socket://" + credentials + "@/tmp/none.sock");
    }

    @Test
    @DisplayName(
            "is refused without echo if a user or password has a character that ends it; the message says how to write it")
    void unescaped() {
        secrets().forEach(secret -> {
            for (String credentials : List.of("user:" + secret, ":" + secret, secret + ":pw", secret)) {
                if (isPlain(credentials)) {
                    continue;
                }
                for (String uri : uris(credentials)) {
                    for (Consumer<String> entry : List.<Consumer<String>>of(
                            text -> RedisFlagStore.open(text, "production").close(),
                            text -> RedisFlagStore.builder("production").uri(text),
                            text -> RedisFlagStore.builder("production").cluster("redis://host", text))) {
                        IllegalArgumentException refusal =
                                catchThrowableOfType(IllegalArgumentException.class, () -> entry.accept(uri));

                        assertThat(refusal).as(uri).hasMessageContaining("percent-encode");
                        assertHarmless(secret, messages(refusal));
                    }
                }
            }
        });
        assertHarmless("QXZ", logged());
    }

    /** What means something as it stands: one colon between user and password, and percent-encoded characters. */
    private static boolean isPlain(String credentials) {
        return credentials.matches("[\\w%]*:?[\\w%]*") && !credentials.matches(".*%(?![0-9a-fA-F]{2}).*");
    }

    @ParameterizedTest
    @MethodSource("someSecrets")
    @DisplayName("with an encoded password is read as it is meant, and neither user nor password are ever shown")
    void escaped(String secret) {
        String user = "WQX-JZK";
        String encoded = user + ":" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        for (String uri : uris(encoded)) {
            RedisURI read = RedisAddress.parse(uri);

            List<RedisURI> withCredentials = read.getSentinels().isEmpty() ? List.of(read) : List.of();
            assertThat(withCredentials)
                    .allSatisfy(one -> assertThat(one.getCredentialsProvider()
                                    .resolveCredentials()
                                    .block())
                            .satisfies(found -> assertThat(found.getUsername()).isEqualTo(user))
                            .satisfies(found ->
                                    assertThat(new String(found.getPassword())).isEqualTo(secret)));
            read.getSentinels()
                    .forEach(sentinel -> assertThat(sentinel.getHost()).isEqualTo("127.0.0.1"));
            StringBuilder shown = new StringBuilder();
            try (RedisFlagStore store = RedisFlagStore.open(uri, "production")) {
                FlagStoreException failure = catchThrowableOfType(FlagStoreException.class, store::load);
                shown.append(store).append(store.status()).append(messages(failure));
            }
            assertHarmless(secret, shown.toString());
            assertHarmless(user, shown.toString());
        }
        assertHarmless(secret, logged());
        assertHarmless(user, logged());
    }

    static Stream<String> someSecrets() {
        return secrets().limit(8);
    }

    @ParameterizedTest
    @CsvSource({
        "redis://host, host",
        "redis://host/, host",
        "rediss://host:7000/12, host",
        "redis://[::1]:6379, ::1",
        "redis://pw@host.name-1.example:6379, host.name-1.example",
        "redis://u.s-e_r~:p!$&'()*+;=w@host?timeout=5s&clientName=shop, host",
        "redis+ssl://:pw@10.0.0.7:6380/1?database=2, 10.0.0.7"
    })
    @DisplayName("that is right is taken")
    void taken(String uri, String host) {
        assertThat(RedisAddress.parse(uri).getHost().replaceAll("[\\[\\]]", "")).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "QXZ",
                "production",
                "redis:/QXZ",
                "redis://",
                "redis://QXZ QXZ",
                "http://user:QXZ@host",
                "redis://user:QXZ",
                "redis://user:QXZ@",
                "redis://user:QXZ@host:99999",
                "redis://user:QXZ@host:6379/x",
                "redis://user:QXZ@host?password=QXZ",
                "redis-sentinel://user:QXZ@host",
                "redis-sentinel://user:QXZ@host#",
                "redis-sentinel://user:QXZ@host/0#a@b"
            })
    @DisplayName("that is wrong elsewhere is refused, also without echo")
    void refused(String uri) {
        IllegalArgumentException refusal = catchThrowableOfType(
                IllegalArgumentException.class,
                () -> RedisFlagStore.open(uri, "production").close());

        assertThat(refusal).hasMessageStartingWith("uri: found ");
        assertHarmless("QXZ", messages(refusal));
    }

    @Test
    @DisplayName("that Lettuce has read is refused if a host or a master cannot be one")
    void readByLettuce() {
        RedisURI host = RedisURI.create("QXZ@host", 6379);
        RedisURI master = RedisURI.Builder.sentinel("host", "QXZ@host").build();
        try (RedisClient client = RedisClient.create()) {
            List<Runnable> attempts = new ArrayList<>();
            for (RedisURI uri : List.of(host, master)) {
                attempts.add(() -> RedisFlagStore.builder("production").uri(uri));
                attempts.add(() -> RedisFlagStore.builder("production").cluster(List.of(uri)));
                attempts.add(() -> RedisFlagStore.builder("production").client(client, uri));
            }
            for (Runnable attempt : attempts) {
                IllegalArgumentException refusal = catchThrowableOfType(IllegalArgumentException.class, attempt::run);

                assertThat(refusal).hasMessageContaining("percent-encode");
                assertHarmless("QXZ", messages(refusal));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://ada:s3cret@cache.example | redis cache.example:6379",
                "redis://:s3cret@cache.example:7000/2 | redis cache.example:7000 database 2",
                "redis-sentinel://s3cret@a.example,b.example/3#main | redis main of the Sentinels a.example:26379, b.example:26379 database 3"
            })
    @DisplayName("is the origin of the store's flags, as configured and without credentials")
    void origin(String uri, String origin) {
        try (RedisFlagStore store = RedisFlagStore.open(uri, "test")) {
            assertThat(store.origin()).isEqualTo(origin);
        }
    }

    @Test
    @DisplayName("in the place of a namespace is not repeated either")
    void swapped() {
        IllegalArgumentException refusal = catchThrowableOfType(
                IllegalArgumentException.class, () -> RedisFlagStore.open("redis://host", "redis://QXZ:QXZ@host"));

        assertThat(refusal).hasMessageStartingWith("namespace: found ");
        assertHarmless("QXZ", messages(refusal));
    }

    @Test
    @DisplayName("with an encoded password connects with it")
    void connects() {
        String secret = "p#a?s@s:w/o%r d+&";
        try (RedisServer redis = RedisServer.start("appendfsync no")) {
            redis.command("ACL", "SETUSER", "ann", "on", ">" + secret, "~*", "+@all");
            String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20");
            String uri = redis.uri().replace("redis://", "redis://ann:" + encoded + "@");
            try (RedisFlagStore store = RedisFlagStore.open(uri, "production")) {
                assertThat(store.commit(Instance.creating("a")).revision().number())
                        .isEqualTo(1);
            }
        }
    }

    private String logged() {
        StringBuilder text = new StringBuilder();
        for (ILoggingEvent event : List.copyOf(log.list)) {
            text.append(event.getFormattedMessage());
            for (IThrowableProxy each = event.getThrowableProxy(); each != null; each = each.getCause()) {
                text.append(each.getMessage());
            }
        }
        return text.toString();
    }

    /** What an exception and its causes say, without the places in the code. */
    private static String messages(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            text.append(each).append(List.of(each.getSuppressed()));
        }
        return text.toString();
    }

    /** No three characters of the secret in a row. */
    private static void assertHarmless(String secret, String text) {
        for (int i = 0; i + 3 <= secret.length(); i++) {
            assertThat(text.contains(secret.substring(i, i + 3)))
                    .as("characters %s of %s", i, secret)
                    .isFalse();
        }
    }
}

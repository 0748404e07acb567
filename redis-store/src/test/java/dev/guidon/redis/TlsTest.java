package dev.guidon.redis;

import static dev.guidon.redis.Instance.creating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.fixtures.RedisServer;
import dev.guidon.fixtures.TcpProxy;
import dev.guidon.fixtures.TlsCertificates;
import dev.guidon.store.FlagStoreException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A store by TLS")
@Timeout(60)
class TlsTest {

    private static TlsCertificates certificates;
    private static RedisServer redis;

    @BeforeAll
    static void start() {
        certificates = TlsCertificates.create();
        redis = RedisServer.start("requirepass secret", "appendfsync no");
    }

    @AfterAll
    static void stop() {
        redis.close();
        certificates.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    @DisplayName("works with a server whose certificate is trusted, at")
    void works(String host) throws Exception {
        try (TcpProxy proxy = proxy(certificates.valid());
                RedisFlagStore store = trusting(host, proxy);
                Instance app = new Instance(trusting(host, proxy))) {
            redis.command("FLUSHALL");

            app.awaitApplied(store.commit(creating("a")).revision());

            assertThat(app.isOn("a")).isTrue();
            assertThat(store).hasToString("RedisFlagStore[production in %s:%d]", host, proxy.port());
        }
    }

    @Test
    @DisplayName("is refused when the certificate has expired")
    void expired() {
        try (TcpProxy proxy = proxy(certificates.expired());
                RedisFlagStore store = trusting("localhost", proxy)) {
            assertThatThrownBy(store::load)
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessageContaining("cannot reach localhost:" + proxy.port())
                    .hasMessageContaining("NotAfter");
            assertThat(store.status().available()).isFalse();
            assertThat(store.status().problem()).contains("NotAfter").doesNotContain("secret");
        }
    }

    @Test
    @DisplayName("is refused when nobody trusts the issuer of the certificate")
    void otherIssuer() {
        try (TcpProxy proxy = proxy(certificates.otherIssuer());
                RedisFlagStore store = trusting("localhost", proxy)) {
            assertRefused(store, proxy);
        }
    }

    @Test
    @DisplayName("is refused by the platform's trust store when none is set")
    void noTrustStore() {
        try (TcpProxy proxy = proxy(certificates.valid());
                RedisFlagStore store = RedisFlagStore.open(uri("localhost", proxy), "production")) {
            assertRefused(store, proxy);
        }
    }

    @Test
    @DisplayName("cannot be set up with a trust store that is not there, or that its password does not open")
    void brokenTrustStore() {
        RedisFlagStore.Builder builder = RedisFlagStore.builder("production").uri("rediss://localhost");

        assertThatThrownBy(() -> builder.trustStore(Path.of("none.p12"), "secret".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.p12")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> builder.trustStore(certificates.trustStore(), "wrong-secret".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(certificates.trustStore().toString())
                .hasMessageContaining("password was incorrect")
                .hasMessageNotContaining("wrong-secret");
    }

    @Test
    @DisplayName("says so when the server does not speak TLS")
    void plainServer() {
        try (RedisFlagStore store = RedisFlagStore.open("rediss://localhost:" + redis.port(), "production")) {
            assertThatThrownBy(store::load)
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessageContaining("localhost:" + redis.port());
        }
    }

    private static void assertRefused(RedisFlagStore store, TcpProxy proxy) {
        assertThatThrownBy(store::load)
                .isInstanceOf(FlagStoreException.class)
                .hasMessageContaining("cannot reach localhost:" + proxy.port())
                .hasMessageContaining("certification path");
        assertThat(store.status().available()).isFalse();
        assertThat(store.status().problem()).contains("certification path").doesNotContain("secret");
    }

    private static TcpProxy proxy(SSLContext context) {
        return TcpProxy.tls(context, redis.host(), redis.port());
    }

    private static RedisFlagStore trusting(String host, TcpProxy proxy) {
        return RedisFlagStore.builder("production")
                .uri(uri(host, proxy))
                .trustStore(certificates.trustStore(), certificates.password().toCharArray())
                .build();
    }

    private static String uri(String host, TcpProxy proxy) {
        return "rediss://:secret@" + host + ":" + proxy.port();
    }
}

package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FlagEditor;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.fixtures.TcpProxy;
import dev.guidon.fixtures.TlsCertificates;
import dev.guidon.redis.RedisFlagStore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@DisplayName("The application's Redis is found")
class RedisLocationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(Contexts.all())
            .withPropertyValues("guidon.start.mode=background");

    @Test
    @DisplayName("by host, port and database")
    void server() {
        application
                .withPropertyValues(
                        "spring.data.redis.host=h", "spring.data.redis.port=7", "spring.data.redis.database=3")
                .run(context -> assertThat(context.getBean(RedisFlagStore.class))
                        .hasToString("RedisFlagStore[default in h:7 database 3]"));
    }

    @Test
    @DisplayName("behind Sentinels")
    void sentinels() {
        application
                .withPropertyValues(
                        "spring.data.redis.sentinel.master=mymaster",
                        "spring.data.redis.sentinel.nodes=a:1,b:2",
                        "spring.data.redis.sentinel.password=x",
                        "spring.data.redis.password=y")
                .run(context -> assertThat(context.getBean(RedisFlagStore.class))
                        .hasToString("RedisFlagStore[default in mymaster of the Sentinels a:1, b:2]"));
    }

    @Test
    @DisplayName("in a cluster")
    void cluster() {
        application
                .withPropertyValues("spring.data.redis.cluster.nodes=a:1,b:2")
                .run(context -> assertThat(context.getBean(RedisFlagStore.class))
                        .hasToString("RedisFlagStore[default in the cluster of a:1, b:2]"));
    }

    @Test
    @DisplayName("with user, password, database and the certificates of an SSL bundle")
    void tls() {
        try (TlsCertificates certificates = TlsCertificates.create();
                RedisServer server = RedisServer.start("user app on >p@ss ~* &* +@all");
                TcpProxy proxy = TcpProxy.tls(certificates.valid(), server.host(), server.port())) {
            ApplicationContextRunner withUser = application.withPropertyValues(
                    "spring.data.redis.host=127.0.0.1",
                    "spring.data.redis.port=" + proxy.port(),
                    "spring.data.redis.username=app",
                    "spring.data.redis.password=p@ss",
                    "spring.data.redis.database=2");

            withUser.withPropertyValues(
                            "spring.data.redis.ssl.bundle=flags",
                            "spring.ssl.bundle.jks.flags.truststore.location=file:" + certificates.trustStore(),
                            "spring.ssl.bundle.jks.flags.truststore.password=" + certificates.password(),
                            "spring.ssl.bundle.jks.flags.truststore.type=PKCS12")
                    .run(context -> {
                        RedisFlagStore store = context.getBean(RedisFlagStore.class);
                        assertThat(FlagEditor.of(store, "ada").set("x", true).number())
                                .isEqualTo(1);
                        assertThat(server.text("INFO", "keyspace")).contains("db2");
                    });
            withUser.withPropertyValues("spring.data.redis.ssl.enabled=true").run(context -> {
                RedisFlagStore store = context.getBean(RedisFlagStore.class);
                assertThat(org.assertj.core.api.Assertions.catchThrowable(store::load))
                        .as("the platform does not trust the certificate")
                        .isNotNull();
            });
        }
    }
}

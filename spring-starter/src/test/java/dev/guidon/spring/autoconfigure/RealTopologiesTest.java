package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.audit.AuditRelay;
import dev.guidon.audit.RelayStatus;
import dev.guidon.definition.Revision;
import dev.guidon.fixtures.KafkaBroker;
import dev.guidon.fixtures.RedisCluster;
import dev.guidon.fixtures.RedisSentinel;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.fixtures.TlsCertificates;
import dev.guidon.store.FlagStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@DisplayName("Flags are written and read")
class RealTopologiesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(Contexts.all());

    @Test
    @DisplayName("with the application's Sentinels, also after they have promoted another server")
    void sentinels() {
        try (RedisSentinel servers = RedisSentinel.start(1)) {
            application
                    .withPropertyValues(
                            "spring.data.redis.sentinel.master=" + RedisSentinel.MASTER_NAME,
                            "spring.data.redis.sentinel.nodes=" + addresses(servers.sentinels()))
                    .run(context -> {
                        roundTrip(context, "before");

                        servers.failover();

                        Awaitility.await()
                                .atMost(LIMIT)
                                .ignoreExceptions()
                                .untilAsserted(() -> roundTrip(context, "after"));
                        assertThat(context.getBean(FeatureFlags.class).isEnabled("before"))
                                .isTrue();
                    });
        }
    }

    @Test
    @DisplayName("with the application's cluster")
    void cluster() {
        try (RedisCluster cluster = RedisCluster.start()) {
            application
                    .withPropertyValues("spring.data.redis.cluster.nodes=" + addresses(cluster.nodes()))
                    .run(context -> roundTrip(context, "in-cluster"));
        }
    }

    @Test
    @DisplayName("and published to the application's Kafka over TLS, by an SSL bundle")
    void kafkaOverTls(@TempDir Path folder) throws Exception {
        try (TlsCertificates certificates = TlsCertificates.create();
                KafkaBroker broker = KafkaBroker.startWithTls(certificates)) {
            ApplicationContextRunner audited = application.withPropertyValues(
                    "guidon.store=memory",
                    "guidon.audit.enabled=true",
                    "spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                    "spring.kafka.security.protocol=SSL");
            Path trusted = folder.resolve("issuer.pem");
            Files.writeString(
                    trusted,
                    broker.clientProperties().get("ssl.truststore.certificates").toString());

            audited.withPropertyValues(
                            "spring.kafka.ssl.bundle=audit",
                            "spring.ssl.bundle.pem.audit.truststore.certificate=file:" + trusted)
                    .run(context -> {
                        Revision written = roundTrip(context, "audited");
                        AuditRelay relay = context.getBean(AuditRelay.class);
                        Awaitility.await()
                                .atMost(LIMIT)
                                .untilAsserted(() -> assertThat(relay.status().position())
                                        .as("%s", relay.status())
                                        .isEqualTo(written));
                    });
            audited.run(context -> {
                AuditRelay relay = context.getBean(AuditRelay.class);
                Awaitility.await().atMost(LIMIT).until(() -> relay.status().problem() != null);
                assertThat(relay.status().state()).isNotEqualTo(RelayStatus.State.ACTIVE);
                assertThat(relay.status().problem()).containsIgnoringCase("SSL");
            });
        }
    }

    private static Revision roundTrip(AssertableApplicationContext context, String key) throws InterruptedException {
        FeatureFlags flags = context.getBean(FeatureFlags.class);
        Revision written =
                FlagEditor.of(context.getBean(FlagStore.class), "ada").set(key, true);
        assertThat(flags.await(written, LIMIT)).isTrue();
        assertThat(flags.isEnabled(key)).isTrue();
        return written;
    }

    private static String addresses(List<RedisServer> servers) {
        return servers.stream()
                .map(server -> server.host() + ':' + server.port())
                .collect(Collectors.joining(","));
    }
}

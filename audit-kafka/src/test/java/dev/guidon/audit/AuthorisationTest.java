package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.audit.RelayStatus.State;
import dev.guidon.fixtures.KafkaBroker;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A relay that Kafka does not let do everything")
@Timeout(180)
class AuthorisationTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String TOPIC = "audit";
    private static final String NAME = "guidon-audit-production/audit";
    private static final String SECRET = "kept-secret";

    private final InMemoryFlagStore store =
            InMemoryFlagStore.builder().namespace("production").build();
    private KafkaBroker broker;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        broker = KafkaBroker.startWithUsers(Map.of("relay", SECRET));
        admin = Admin.create(broker.clientProperties());
        admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
        store.close();
    }

    @Test
    @DisplayName("says what it may not, takes up its work when it may, and stops working when it may not any more")
    void allowedLater() throws Exception {
        Editor editor = new Editor(store);
        editor.commit(20);
        try (AuditRelay relay = start(SECRET)) {
            await().atMost(LONG).until(() -> relay.status().problem() != null);
            assertThat(relay.status().problem()).contains(TOPIC);

            allow(ResourceType.TOPIC, TOPIC, AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE);
            await().atMost(LONG)
                    .until(() -> String.valueOf(relay.status().problem()).contains(NAME));
            allowRelaying();
            FoundTrail.awaitAll(store, relay);

            admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
            editor.commit(20);
            await().atMost(LONG).until(() -> relay.status().problem() != null);
            assertThat(relay.status().problem())
                    .containsIgnoringCase("authoriz")
                    .doesNotContain(SECRET);
            allow(ResourceType.TOPIC, TOPIC, AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE);
            allowRelaying();

            FoundTrail.awaitAll(store, relay);
        }
        FoundTrail.assertWhole(store, broker.clientProperties(), TOPIC);
    }

    @Test
    @DisplayName("tells a wrong password without showing it")
    void wrongPassword() {
        try (AuditRelay relay = start("wrong-secret")) {
            await().atMost(LONG).until(() -> relay.status().problem() != null);

            assertThat(relay.status().problem())
                    .containsIgnoringCase("authentication")
                    .doesNotContain("wrong-secret");
            assertThat(relay.status().state()).isEqualTo(State.CONNECTING);
            assertThat(relay.toString()).doesNotContain("wrong-secret");
        }
    }

    @Test
    @DisplayName("may not make its topic: it says the command that makes it")
    void mayNotCreate() {
        try (AuditRelay relay = AuditRelay.builder(store)
                .topic(AuditTopic.named("another"))
                .kafka(broker.clientProperties("relay", SECRET))
                .start()) {
            await().atMost(LONG).until(() -> relay.status().problem() != null);

            assertThat(relay.status().problem()).contains("kafka-topics.sh").contains("--topic another");
        }
    }

    private AuditRelay start(String password) {
        return AuditRelay.builder(store)
                .topic(AuditTopic.named(TOPIC))
                .kafka(Kafka.with(broker.clientProperties("relay", password), Faults.IMPATIENT))
                .longestRetry(Duration.ofSeconds(1))
                .start();
    }

    private void allowRelaying() throws Exception {
        allow(ResourceType.GROUP, NAME, AclOperation.READ);
        allow(ResourceType.TRANSACTIONAL_ID, NAME, AclOperation.WRITE, AclOperation.DESCRIBE);
    }

    private void allow(ResourceType type, String name, AclOperation... operations) throws Exception {
        for (AclOperation operation : operations) {
            admin.createAcls(List.of(new AclBinding(
                            new ResourcePattern(type, name, PatternType.LITERAL),
                            new AccessControlEntry("User:relay", "*", operation, AclPermissionType.ALLOW))))
                    .all()
                    .get();
        }
    }
}

package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.FlagEditor;
import dev.guidon.fixtures.KafkaBroker;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rights on the page on Kafka")
class RightsExamplesTest {

    @Test
    @DisplayName("are enough for a relay, a reader and a consumer")
    void areEnough() throws Exception {
        try (KafkaBroker broker =
                        KafkaBroker.startWithUsers(Map.of("relay", "relay-secret", "reader", "reader-secret"));
                Admin admin = Admin.create(broker.clientProperties());
                FlagStore store =
                        InMemoryFlagStore.builder().namespace("production").build()) {
            admin.createAcls(granted()).all().get();
            FlagEditor.of(store, "ada@example.com").set("dark-mode", true);

            try (AuditRelay relay = AuditRelay.builder(store)
                    .topic(AuditTopic.named("flag-audit"))
                    .kafka(broker.clientProperties("relay", "relay-secret"))
                    .start()) {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(relay.status().published())
                                .as(relay.status() + "")
                                .isEqualTo(1));
            }
            Map<String, Object> reader = broker.clientProperties("reader", "reader-secret");

            assertThat(AuditVerifier.verify(reader, "flag-audit", null).records())
                    .isEqualTo(1);
            assertThat(consumed(Kafka.with(reader, "group.id", "flag-announcements")))
                    .isEqualTo(1);
        }
    }

    private static int consumed(Map<String, Object> settings) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        Map<String, Object> all = Kafka.with(settings, "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(all, bytes, bytes)) {
            consumer.subscribe(List.of("flag-audit"));
            return await().atMost(Duration.ofSeconds(30))
                    .until(() -> consumer.poll(Duration.ofMillis(200)).count(), count -> count > 0);
        }
    }

    private static List<AclBinding> granted() throws Exception {
        List<AclBinding> granted = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../docs/audit-kafka.md"))) {
            if (line.startsWith("kafka-acls.sh ")) {
                granted.addAll(granted(List.of(line.split(" "))));
            }
        }
        assertThat(granted).hasSizeGreaterThan(7);
        return granted;
    }

    private static List<AclBinding> granted(List<String> words) {
        String resource = words.get(words.size() - 2).substring(2).replace('-', '_');
        ResourcePattern pattern = new ResourcePattern(
                ResourceType.fromString(resource.toUpperCase(Locale.ROOT)),
                words.get(words.size() - 1),
                PatternType.LITERAL);
        String user = words.get(words.indexOf("--allow-principal") + 1);
        List<AclBinding> granted = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("--operation")) {
                AclOperation operation =
                        AclOperation.fromString(words.get(i + 1).replaceAll("([a-z])([A-Z])", "$1_$2"));
                granted.add(
                        new AclBinding(pattern, new AccessControlEntry(user, "*", operation, AclPermissionType.ALLOW)));
            }
        }
        return granted;
    }
}

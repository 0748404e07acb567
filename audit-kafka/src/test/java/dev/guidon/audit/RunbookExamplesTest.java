package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.FlagEditor;
import dev.guidon.InvalidChangeException;
import dev.guidon.definition.About;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import dev.guidon.definition.Versioned;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The runbook, from the audit")
class RunbookExamplesTest {

    private static final String TOPIC = "flag-audit-rolled-back";

    @Test
    @DisplayName("puts back a flag as it was, unless it has sensitive values")
    void putsBack() {
        Map<String, Object> kafka = Kafka.broker().clientProperties();
        FlagStore store = InMemoryFlagStore.builder().namespace("production").build();
        FlagEditor editor = FlagEditor.of(store, "ada@example.com");
        Flag good = Flag.bool("new-checkout", true)
                .withRules(new Rule("staff", Attribute.of("role").equalTo("staff"), "on"))
                .withFallthrough(Serve.variant("off"));
        Flag sensitive = good.withAbout(About.NOTHING.withSensitive(Attribute.of("role")));
        long lastGood = editor.create(good).number();
        editor.update("new-checkout", Flag::withRules);
        long redacted = editor.put(sensitive).number();
        publish(store, kafka, 3);

        FlagHistory history = FlagHistory.read(kafka, TOPIC, "production");
        Versioned then = history.at(lastGood).definitions().get(DefinitionKey.flag("new-checkout"));
        FlagEditor.of(store, "bob@example.com")
                .because("INC-42: back to " + lastGood)
                .put(then.definition());

        assertThat(store.load().get(DefinitionKey.flag("new-checkout")).definition())
                .isEqualTo(good);
        Versioned incomplete = history.at(redacted).definitions().get(DefinitionKey.flag("new-checkout"));
        assertThatThrownBy(() -> editor.put(incomplete.definition())).isInstanceOf(InvalidChangeException.class);
        store.close();
    }

    private static void publish(FlagStore store, Map<String, Object> kafka, int records) {
        try (AuditRelay relay = AuditRelay.builder(store)
                .topic(AuditTopic.named(TOPIC))
                .kafka(kafka)
                .start()) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(relay.status().published()).isEqualTo(records));
        }
    }
}

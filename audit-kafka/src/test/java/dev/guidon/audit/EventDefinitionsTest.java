package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.CommittedChange.Edit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The definitions in an event, written and read,")
class EventDefinitionsTest {

    private static final DefinitionKey KEY = DefinitionKey.flag("f");

    private final Trail trail = new Trail();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "{\"enabled\" : 1 }",
                "[1,2,",
                "null",
                "7",
                "\"text\"",
                "{\"a\":1,\"a\":2}",
                "\u0000\t\n\u20ac\ud83d\ude00\uffff"
            })
    @DisplayName("keeps a definition that cannot be read to the character")
    void malformed(String raw) {
        Definition malformed = FlagFormat.read(KEY, raw);
        assertThat(malformed).isInstanceOf(Malformed.class);

        Changed changed = published(Flag.bool("f", true), malformed);
        Changed back = published(malformed, Flag.bool("f", true));

        assertThat(changed.after().definition()).isEqualTo(malformed);
        assertThat(back.before().definition()).isEqualTo(malformed);
        assertThat(changed.patch()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1.0",
                "1e2",
                "12345678901234567890",
                "0.1234567890123456789",
                "-0.0",
                "1e-300",
                "\"\\ud800\"",
                "[1,2.50]"
            })
    @DisplayName("keeps every digit and every character of a definition's values")
    void exact(String value) {
        Flag flag = Flag.of("f", FlagType.JSON, Map.of("v", FlagFormat.readValue(value)), "v");

        Changed changed = published(null, flag);

        assertThat(changed.after().definition()).isEqualTo(flag);
    }

    @Test
    @DisplayName("keeps definitions that are nested as deeply as can be")
    void nested() {
        for (int depth = 50; depth <= 64; depth++) {
            FlagValue value = FlagFormat.readValue("[".repeat(depth) + "]".repeat(depth));
            Flag flag = Flag.of("f", FlagType.JSON, Map.of("v", value), "v");

            Changed changed = published(Flag.of("f", FlagType.JSON, Map.of("v", FlagValue.TRUE), "v"), flag);

            assertThat(changed.after().definition()).as("depth %d", depth).isEqualTo(flag);
        }
    }

    @Test
    @DisplayName("keeps the fields of a definition that this version does not know")
    void unknownFields() {
        Definition flag = FlagFormat.read(KEY, "{\"enabled\":true,\"later\":{\"x\":[1,null]}}");

        Changed changed = published(null, flag);

        assertThat(changed.after().definition()).isEqualTo(flag);
        assertThat(((Flag) flag).extra().fields()).containsKey("later");
    }

    @Test
    @DisplayName("has no sensitive value anywhere; such a definition is read as malformed")
    void sensitive() {
        Definition flag = FlagFormat.parse(KEY, """
                {"enabled": true, "sensitive": ["email"], "rules": [
                  {"when": {"attribute": "email", "in": ["eve@example.org"]}, "serve": "on"}]}
                """);
        Definition segment = FlagFormat.parse(DefinitionKey.segment("s"), """
                {"sensitive": ["$key"], "include": {"values": ["eve@example.org"]}}
                """);
        Definition unreadable = FlagFormat.read(KEY, "{\"sensitive\": [\"email\"], \"enabled\": \"eve@example.org\"}");

        trail.commit(flag, segment);
        trail.commit(Flag.bool("f", false), DefinitionKey.segment("s"));
        Changed after = (Changed) FlagChangeEvent.from(trail.records().get(0));
        Changed before = (Changed) FlagChangeEvent.from(trail.records().get(3));
        Changed malformed = published(unreadable, Flag.bool("f", true));

        assertThat(trail.records())
                .hasSize(4)
                .allSatisfy(record -> assertThat(everythingOf(record)).doesNotContain("eve@"));
        assertThat(after.after().definition()).isInstanceOf(Malformed.class);
        assertThat(before.before().definition()).isInstanceOf(Malformed.class);
        assertThat(malformed.before().definition()).isEqualTo(FlagFormat.read(KEY, "{\"redacted\":true}"));
    }

    private static Changed published(@Nullable Definition before, Definition after) {
        Edit edit = new Edit(
                after.id(),
                before == null ? null : new Versioned(before, new Version(3, "c3")),
                new Versioned(after, new Version(4, "c4")));
        return (Changed) FlagChangeEvent.from(write("n", change("anna", null, edit)));
    }

    private static String everythingOf(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder all = new StringBuilder(new String(record.value(), StandardCharsets.UTF_8));
        all.append(new String(record.key(), StandardCharsets.UTF_8));
        record.headers().forEach(header -> all.append(header));
        record.headers().forEach(header -> all.append(new String(header.value(), StandardCharsets.UTF_8)));
        return all.toString();
    }

    private static CommittedChange change(String actor, @Nullable String reason, Edit edit) {
        Revision revision = new Revision("epoch", 4, "set of " + actor.replaceAll("[\ud800-\udfff]", ""));
        return new CommittedChange(revision, "c3", Trail.NOON, actor, reason, List.of(edit));
    }

    private static ConsumerRecord<byte[], byte[]> write(String namespace, CommittedChange change) {
        Position start = Position.before(new Revision("epoch", 3, "c3"));
        return Trail.read(
                new TrailWriter(Trail.TOPIC, namespace)
                        .write(change, start)
                        .records()
                        .get(0),
                0,
                0);
    }
}

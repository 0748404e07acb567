package dev.guidon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Segment;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is loaded is what was committed, exactly. */
abstract class LoadContract extends ContractFixture {

    private void assertSurvives(Definition definition) throws Exception {
        store.commit(set(put(definition)));

        assertThat(stored(another(), definition.id()).definition()).isEqualTo(definition);
    }

    @Test
    @DisplayName("a new store is empty, at number 0 of an epoch of its own")
    void newStore() throws Exception {
        Definitions loaded = store.load();

        assertThat(loaded.flags()).isEmpty();
        assertThat(loaded.segments()).isEmpty();
        assertThat(loaded.revision()).isEqualTo(beginning(store));
        assertThat(track(open()).load().revision().epoch())
                .isNotEqualTo(loaded.revision().epoch());
    }

    @Test
    @DisplayName("load gives all definitions at the revision of the last commit, on every connection")
    void loaded() throws Exception {
        var first = store.commit(set(put(Flag.bool("a", true)), put(Segment.of("s"))));
        var last = store.commit(set(put(Flag.bool("b", false))));

        for (Definitions loaded : List.of(store.load(), another().load())) {
            assertThat(loaded.revision()).isEqualTo(last.revision());
            assertThat(loaded.flags())
                    .containsOnly(
                            Map.entry("a", versioned(Flag.bool("a", true), first)),
                            Map.entry("b", versioned(Flag.bool("b", false), last)));
            assertThat(loaded.segments()).containsOnly(Map.entry("s", versioned(Segment.of("s"), first)));
        }
    }

    @Test
    @DisplayName("a flag and a segment of the same key are two definitions")
    void twoNameSpaces() throws Exception {
        CommittedChange flag = store.commit(set(put(Flag.bool("x", true))));
        store.commit(set(put(Segment.of("x"))));
        store.commit(set(remove("x", flag)));

        Definitions loaded = another().load();
        assertThat(loaded.flags()).isEmpty();
        assertThat(loaded.segments()).containsOnlyKeys("x");
    }

    @Test
    @DisplayName("keys with dots, slashes and capitals are kept apart")
    void keys() throws Exception {
        List<String> keys = List.of("a", "A", "a.b", "a/b", "a-b", "a_b", "0", "_", "null", "true", "a".repeat(256));
        store.commit(ChangeSet.of(
                "ann", null, keys.stream().map(key -> put(Flag.bool(key, true))).toList()));

        assertThat(another().load().flags().keySet()).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    @DisplayName("fields that nobody knows are kept, with every digit of their numbers")
    void unknownFields() throws Exception {
        DefinitionKey id = DefinitionKey.flag("x");

        assertSurvives(FlagFormat.read(
                id, "{\"enabled\":true,\"colour\":{\"deep\":[1.10,1e3,123456789012345678901234567890,null,\"\"]}}"));
    }

    @Test
    @DisplayName("texts survive: emoji, surrogates, line breaks, quotes, spaces")
    void texts() throws Exception {
        List<FlagValue> texts = List.of(
                        "\uD83D\uDE00 \u00e9\u4e2d\u6587 \u202e",
                        "\uD83D lone",
                        "lone \uDE00",
                        "line\nbreak\r\n\ttab",
                        "\"quotes\" 'and' \\ back",
                        " spaces  around ",
                        "# no: comment",
                        "",
                        "null",
                        "true",
                        "007",
                        "2026-11-22",
                        "\u0000\u0001\u007f\u0085\u2028\ufeff\uffff")
                .stream()
                .map(FlagValue::of)
                .toList();

        assertSurvives(Flag.of("x", FlagType.JSON, Map.of("v", new FlagValue.Array(texts)), null));
    }

    @Test
    @DisplayName("a definition that cannot be read is kept byte for byte")
    void malformed() throws Exception {
        for (String raw : List.of(
                "{ \"enabled\" :  \"perhaps\" ,\n \"rules\":7.10}",
                "{\"enabled\":",
                "",
                "not json",
                "\"text\"",
                "[1]")) {
            Definition malformed = FlagFormat.read(DefinitionKey.flag("x" + raw.length()), raw);
            assertThat(malformed).isInstanceOf(Malformed.class);

            assertSurvives(malformed);
        }
    }

    @Test
    @DisplayName("a definition that cannot be read harms no other, and can be replaced and removed")
    void malformedIsReplaced() throws Exception {
        store.commit(set(put(Flag.bool("good", true))));
        CommittedChange bad = store.commit(set(put(FlagFormat.read(DefinitionKey.flag("bad"), "{}}"))));
        assertThat(another().load().flag("good")).contains(Flag.bool("good", true));

        CommittedChange good = store.commit(set(put(Flag.bool("bad", true), bad)));
        assertThat(another().load().flag("bad")).contains(Flag.bool("bad", true));
        bad = store.commit(set(put(FlagFormat.read(DefinitionKey.flag("bad"), "{}}"), good)));
        store.commit(set(remove("bad", bad)));
        assertThat(another().load().flags()).containsOnlyKeys("good");
    }

    @Test
    @DisplayName("a definition of the largest size survives")
    void large() throws Exception {
        Flag empty = Flag.of("large", FlagType.JSON, Map.of("v", FlagValue.of("")), null);
        int rest = Limit.DEFINITION_BYTES.most() - FlagFormat.write(empty).getBytes(StandardCharsets.UTF_8).length;

        assertSurvives(Flag.of("large", FlagType.JSON, Map.of("v", FlagValue.of("x".repeat(rest))), null));
    }

    @Test
    @DisplayName("two thousand definitions survive, committed at once")
    void many() throws Exception {
        List<Change> changes = IntStream.range(0, 2_000)
                .mapToObj(i -> put(number("flag-" + i, i)))
                .toList();

        store.commit(ChangeSet.of("ann", null, changes));

        Definitions loaded = another().load();
        assertThat(loaded.flags()).hasSize(2_000);
        assertThat(loaded.flags().entrySet()).allMatch(flag -> flag.getKey().equals("flag-" + number(flag.getValue())));
    }
}

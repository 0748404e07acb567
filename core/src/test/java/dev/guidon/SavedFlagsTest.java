package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.SavedFlags.Source;
import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SavedFlagsTest {

    private static final Source SOURCE = new Source("file /srv/flags.yaml", "n");
    private static final Instant NOON = Instant.parse("2027-01-31T12:00:00Z");

    @Test
    @DisplayName(
            "what is saved is read back equal: order, versions, unknown fields, and the texts of malformed definitions")
    void roundTrip() {
        Map<String, Versioned> flags = new LinkedHashMap<>();
        List<String> texts = List.of("{\"enabled\": 7}", "", "not JSON", "\"a string\"", " null ", "{\"a\":\n\ud800}");
        for (String text : texts) {
            Definition broken = FlagFormat.read(DefinitionKey.flag("broken/" + flags.size()), text);
            assertThat(broken).isInstanceOf(Malformed.class);
            flags.put(broken.id().key(), new Versioned(broken, new Version(flags.size() + 1, "c\n" + text)));
        }
        flags.put("z", new Versioned(Flag.bool("z", true), new Version(3, "c3")));
        flags.put(
                "a",
                new Versioned(
                        FlagFormat.read(DefinitionKey.flag("a"), "{\"enabled\":true,\"new\":[1.0]}"),
                        new Version(9, "c9")));
        Map<String, Versioned> segments = Map.of("s", new Versioned(Segment.of("s"), new Version(2, "c2")));
        SavedFlags saved = new SavedFlags(
                new Source("redis \"a\"\n:6379", "pro\"duction"),
                NOON,
                new Definitions(
                        new Revision("epoch\n1", 9, "change"),
                        flags,
                        segments,
                        FlagFormat.readJson("{\"later\":{\"deep\":true}}").extra()));

        SavedFlags read = SavedFlags.decode(saved.encode());

        assertThat(read).isEqualTo(saved);
        assertThat(SavedFlags.head(saved.encode())).isEqualTo(new SavedFlags.Head(saved.source(), "epoch\n1"));
        assertThat(read.definitions().flags().keySet()).containsExactlyElementsOf(flags.keySet());
    }

    @Test
    @DisplayName("no definitions can be saved too")
    void savesNothing() {
        SavedFlags saved = new SavedFlags(SOURCE, NOON, Definitions.empty(Revision.initial("e")));

        assertThat(SavedFlags.decode(saved.encode())).isEqualTo(saved);
    }

    @Test
    @DisplayName("people can read the file")
    void readable() {
        SavedFlags saved = new SavedFlags(
                new Source("redis cache:6379", "production"),
                NOON,
                new Definitions(
                        new Revision("e1", 7, "c7"),
                        Map.of("dark-mode", new Versioned(Flag.bool("dark-mode", true), new Version(7, "c7"))),
                        Map.of(),
                        Definitions.of().extra()));

        assertThat(new String(saved.encode(), StandardCharsets.UTF_8))
                .startsWith("""
                        {
                          "guidonLastKnownGood": 1,
                          "store": "redis cache:6379",
                          "namespace": "production",
                          "epoch": "e1",
                          "number": 7,
                          "changeSet": "c7",
                          "saved": "2027-01-31T12:00:00Z",
                          "versions": {
                            "flag/dark-mode": [7, "c7"]
                          },
                          "malformed": {},
                          "document": {
                            "format": 1,
                            "flags": {
                        """)
                .containsPattern("\n  },\n  \"sha256\": \"[0-9a-f]{64}\"\n}\n$");
    }

    @Test
    @DisplayName("a file that was cut off at any byte, or has any byte changed, is refused")
    void refusesDamage() {
        byte[] whole = new SavedFlags(
                        SOURCE,
                        NOON,
                        new Definitions(
                                new Revision("e", 1, "c"),
                                Map.of(
                                        "ä",
                                        new Versioned(
                                                FlagFormat.read(DefinitionKey.flag("ä"), "x"), new Version(1, "c"))),
                                Map.of("s", new Versioned(Segment.of("s"), new Version(1, "c"))),
                                Definitions.of().extra()))
                .encode();

        for (int at = 0; at < whole.length; at++) {
            byte[] cut = Arrays.copyOf(whole, at);
            assertThatThrownBy(() -> SavedFlags.decode(cut)).as("cut at %d", at).isInstanceOf(RuntimeException.class);
            for (int flip : new int[] {1, 0x20, 0x80, 0xFF}) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) flip;
                assertThatThrownBy(() -> SavedFlags.decode(flipped))
                        .as("byte %d xor %d", at, flip)
                        .isInstanceOf(RuntimeException.class);
            }
        }
        assertThat(Snapshot.of(SavedFlags.decode(whole).definitions()).problems())
                .hasSize(1);
    }

    @Test
    @DisplayName("a file of a later format is refused as such")
    void refusesLaterFormats() {
        byte[] later = "{\n  \"guidonLastKnownGood\": 2,\n  \"anything\": 1}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> SavedFlags.decode(later)).hasMessageContaining("found format 2; allowed: 1");
    }
}

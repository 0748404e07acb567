package dev.guidon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A line of the log")
class LogCodecTest {

    private static final Definition MALFORMED =
            FlagFormat.read(DefinitionKey.flag("odd/key \n\uD83D\uDE00"), "{ \"x\": \n \uD800 }}");

    static Stream<LogRecord> records() {
        Map<DefinitionKey, Definition> edits = new LinkedHashMap<>();
        edits.put(DefinitionKey.flag("a"), Flag.bool("a", true));
        edits.put(MALFORMED.id(), MALFORMED);
        edits.put(DefinitionKey.segment("a"), null);
        Definitions definitions = new Definitions(
                new Revision("epoch", 7, "seven"),
                Map.of(
                        "a",
                        new Versioned(Flag.bool("a", false), new Version(3, "three")),
                        MALFORMED.id().key(),
                        new Versioned(MALFORMED, new Version(7, "seven"))),
                Map.of("s", new Versioned(Segment.of("s"), new Version(1, "one \"1\""))),
                Extra.NONE);
        return Stream.of(
                new LogRecord.Base("id", definitions, "digest", Map.of("relay \"one\"", 5L)),
                new LogRecord.Base("id", Definitions.empty(Revision.initial("e")), "", Map.of()),
                new LogRecord.Commit(
                        8, "eight", "seven", Instant.parse("2026-11-22T10:00:00.001Z"), "ann", null, edits, "f", "t"),
                new LogRecord.Commit(
                        1, "one\u2028", "", Instant.EPOCH, "j\u00fcrgen", "why\n\"so\"", Map.of(), "f", "f"),
                new LogRecord.Written("digest"),
                new LogRecord.Retain("relay\t", 12),
                new LogRecord.Release("relay"));
    }

    @ParameterizedTest
    @MethodSource("records")
    @DisplayName("is read as it was written, and is one line")
    void roundTrip(LogRecord line) {
        String text = LogCodec.encode(line);

        assertThat(text).doesNotContain("\n", "\r");
        byte[] utf8 = (text + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(LogCodec.decode(new String(utf8, StandardCharsets.UTF_8))).isEqualTo(line);
    }

    @ParameterizedTest
    @MethodSource("records")
    @DisplayName("is refused when any byte is another, or missing at the end")
    void damaged(LogRecord line) {
        byte[] good = (LogCodec.encode(line) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            String flipped = new String(bad, StandardCharsets.UTF_8);
            String cut = new String(good, 0, i, StandardCharsets.UTF_8);
            assertThatThrownBy(() -> LogCodec.decode(flipped)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> LogCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("is refused when it is sound but not one of a log")
    void somethingElse() {
        for (String fields : new String[] {
            "{\"x\":1",
            "{\"written\":1",
            "{\"retain\":\"x\",\"reached\":1.5",
            "{\"retain\":\"x\"",
            "{\"commit\":1,\"changeSet\":\"x\",\"previous\":\"\",\"at\":\"yesterday\",\"actor\":\"a\",\"edits\":{}",
            "{\"guidonLog\":1,\"epoch\":\"\""
        }) {
            java.util.zip.CRC32 sum = new java.util.zip.CRC32();
            sum.update(fields.getBytes(StandardCharsets.UTF_8));
            String line = fields + ",\"check\":\"%08x\"}\n".formatted(sum.getValue());

            assertThatThrownBy(() -> LogCodec.decode(line)).as(line).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

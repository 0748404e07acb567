package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.guidon.definition.Definitions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A flag that is unknown")
class UnknownFlagTest {

    private final List<Evaluation<?>> heard = new ArrayList<>();
    private final Snapshot snapshot = new SnapshotCompiler(
                    Clock.systemUTC(), SegmentMembers.NONE, (evaluation, context) -> heard.add(evaluation))
            .compile(Definitions.of());

    @DisplayName("is told with its own key and the caller's own default, whatever was asked before")
    @Test
    void toldWithItsOwnDefault() {
        for (int i = 0; i < 3; i++) {
            heard.clear();
            assertThat(snapshot.getBooleanValue("a", true)).isTrue();
            assertThat(snapshot.getBooleanValue("a", true)).isTrue();
            assertThat(snapshot.getBooleanValue("a", false)).isFalse();
            assertThat(snapshot.getStringValue("a", "x")).isEqualTo("x");
            assertThat(snapshot.getBooleanValue("b", true)).isTrue();
            assertThat(snapshot.getIntegerValue("a", 7)).isEqualTo(7);

            assertThat(heard)
                    .extracting(Evaluation::flagKey, Evaluation::value, Evaluation::reason, Evaluation::errorCode)
                    .containsExactly(
                            told("a", true),
                            told("a", true),
                            told("a", false),
                            told("a", "x"),
                            told("b", true),
                            told("a", 7));
            assertThat(heard.get(4).errorMessage()).isEqualTo("there is no such flag: 'b'");
        }
    }

    private static Tuple told(String key, Object value) {
        return tuple(key, value, Reason.ERROR, ErrorCode.FLAG_NOT_FOUND);
    }
}

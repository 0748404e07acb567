package dev.guidon.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagHistory.Past;
import dev.guidon.definition.Definition;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The history of a namespace is incomplete")
class IncompleteHistoryTest {

    private static final Flag OFF = Flag.bool("f", false);
    private static final Flag ON = Flag.bool("f", true);

    private final Trail trail = new Trail();

    @Test
    @DisplayName("where the store's log did not reach back far enough")
    void notKept() {
        Revision base = new Revision("e", 7, "c7");
        trail.breaks(Break.Cause.GAP, base);
        trail.publish(Commits.following(base, "c8", ON));
        FlagHistory history = history(trail.records());

        assertThat(history.at(8).complete()).isFalse();
        assertThat(flag(history.at(8))).isEqualTo(ON);
        assertThat(history.at(7).complete()).isFalse();
        assertThat(history.at(Trail.NOON.minusSeconds(3600)).complete())
                .as("what was there before is not known")
                .isFalse();

        trail.breaks(Break.Cause.DIVERGED, new Revision("new", 3, "c3"));
        assertThat(history(trail.records()).at(3).complete()).isFalse();
    }

    @Test
    @DisplayName("where the trail begins later, whatever is asked for")
    void beginsLater() {
        trail.commit(OFF);
        trail.commit(Flag.bool("g", true));
        trail.commit(ON);
        List<ConsumerRecord<byte[], byte[]>> records = trail.records();

        FlagHistory history = history(records.subList(1, 3));

        assertThat(history.at(3).complete()).isFalse();
        assertThat(history.at(3).definitions().flags().keySet()).containsExactly("f", "g");
        assertThat(history.at(Instant.EPOCH).complete()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> history.at(1)).withMessageContaining("allowed: 2 to 3");
    }

    @Test
    @DisplayName("after a record that is missing, and complete before it")
    void missingRecord() {
        trail.commit(OFF);
        trail.commit(Flag.bool("g", true));
        trail.commit(ON);
        List<ConsumerRecord<byte[], byte[]>> records = trail.records();
        records.remove(1);

        FlagHistory history = history(records);

        assertThat(history.at(1).complete()).isTrue();
        assertThat(history.at(3).complete()).isFalse();
    }

    @Test
    @DisplayName("where a change set is not there to its end")
    void torn() {
        trail.commit(OFF, Flag.bool("g", true));

        assertThat(history(trail.records().subList(0, 1)).at(1).complete()).isFalse();
        assertThat(history(trail.records()).at(1).complete()).isTrue();
    }

    @Test
    @DisplayName("if a record cannot be read, and says which")
    void unreadable() {
        trail.commit(OFF);
        List<ConsumerRecord<byte[], byte[]>> records = trail.records();
        trail.commit(ON);
        records.add(Trail.with(trail.last(), "junk".getBytes(UTF_8)));

        FlagHistory history = history(records);

        assertThat(history.at(1).complete()).isFalse();
        assertThat(history.unreadable())
                .extracting(FlagChangeEvent.Unreadable::offset)
                .containsExactly(1L);
    }

    @Test
    @DisplayName(
            "is incomplete, and fails nothing, with records of a later version; those of other namespaces do not matter")
    void later() {
        trail.commit(OFF);
        trail.commit(ON);
        for (String edit : List.of("\"type\":\"flag.renamed\"", "\"schema\":2,\"type\":\"flag.enabled\"")) {
            List<ConsumerRecord<byte[], byte[]>> records = trail.records();
            String text = new String(records.get(1).value(), UTF_8);
            String edited = edit.contains("schema")
                    ? text.replace("\"schema\":1", "\"schema\":2")
                    : text.replace("\"type\":\"flag.enabled\"", edit);
            records.set(1, Trail.with(records.get(1), edited.getBytes(UTF_8)));
            FlagHistory history = history(records);

            assertThat(history.at(Instant.MAX).complete()).as(edit).isFalse();
            assertThat(history.at(1).complete()).isFalse();
            assertThat(flag(history.at(1))).isEqualTo(OFF);

            records.set(
                    1,
                    Trail.with(
                            records.get(1),
                            edited.replace("\"shop\"", "\"other\"").getBytes(UTF_8)));
            assertThat(history(records).at(1).complete()).isTrue();
        }
    }

    private static FlagHistory history(List<ConsumerRecord<byte[], byte[]>> records) {
        FlagHistory history = new FlagHistory("shop");
        records.forEach(history::add);
        return history;
    }

    private static Definition flag(Past past) {
        return past.definitions().flags().get("f").definition();
    }
}

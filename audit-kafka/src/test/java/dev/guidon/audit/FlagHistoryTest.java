package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagHistory.Past;
import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Version;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.CommittedChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The history of a namespace")
class FlagHistoryTest {

    private static final DefinitionKey F = DefinitionKey.flag("f");
    private static final Flag OFF = Flag.bool("f", false);
    private static final Flag ON = Flag.bool("f", true);

    private final Trail trail = new Trail();

    @Test
    @DisplayName("has the store's own definitions at every revision of a random run")
    void everyRevision() {
        Random random = new Random(3);
        List<Definitions> states = new ArrayList<>(List.of(trail.store.load()));
        for (int i = 0; i < 300; i++) {
            DefinitionKey id = DefinitionKey.flag("f" + random.nextInt(6));
            boolean exists = trail.store.load().get(id) != null;
            Definition next = random.nextInt(8) == 0
                    ? FlagFormat.read(id, "{\"enabled\":" + i + "}")
                    : Flag.bool(id.key(), random.nextBoolean()).withArchived(random.nextInt(4) == 0);
            Object change = exists && random.nextInt(3) == 0 ? id : next;
            if (random.nextInt(3) == 0) {
                trail.commit(change, Segment.of("s" + random.nextInt(3)));
            } else {
                trail.commit(change);
            }
            states.add(trail.store.load());
        }

        FlagHistory history = history(trail.records());

        for (Definitions state : states) {
            Past past = history.at(state.revision().number());
            assertThat(past.definitions().flags()).as("%s", state.revision()).isEqualTo(state.flags());
            assertThat(past.definitions().segments()).isEqualTo(state.segments());
            assertThat(past.complete()).isTrue();
            if (state.revision().number() > 0) {
                assertThat(past.definitions().revision()).isEqualTo(state.revision());
            }
        }
        assertThat(history.newest()).isEqualTo(trail.store.changes().head());
        assertThat(history.at(300).definitions().flags()).isNotEmpty();
    }

    @Test
    @DisplayName("has the definitions at an instant")
    void atInstant() {
        Revision start = trail.position().revision();
        CommittedChange first = trail.store.commit(Commits.put(OFF, Version.NONE));
        trail.publish(at(first, "2026-11-01T10:00:00Z"));
        CommittedChange second = trail.store.commit(Commits.put(ON, Version.of(first.revision())));
        trail.publish(at(second, "2026-11-01T11:00:00Z"));
        trail.breaks(Break.Cause.DIVERGED, start);

        FlagHistory history = history(trail.records());

        assertThat(history.at(Instant.parse("2026-11-01T09:59:59Z"))
                        .definitions()
                        .flags())
                .isEmpty();
        assertThat(flag(history.at(Instant.parse("2026-11-01T10:00:00Z")))).isEqualTo(OFF);
        assertThat(flag(history.at(Instant.parse("2026-11-01T10:59:59Z")))).isEqualTo(OFF);
        assertThat(flag(history.at(Instant.parse("2026-11-01T11:30:00Z")))).isEqualTo(ON);
        assertThat(history.at(Instant.MAX).definitions().flags()).isEmpty();
    }

    @Test
    @DisplayName("tells what happened to one definition, and the breaks with it")
    void ofOne() {
        trail.commit(OFF, Flag.bool("g", true));
        trail.commit(Flag.bool("h", true));
        trail.commit(ON);
        trail.breaks(Break.Cause.GAP, trail.position().revision());
        trail.commit(F);

        assertThat(history(trail.records()).of(F))
                .extracting(event -> event instanceof FlagChangeEvent.Changed changed
                        ? changed.type().name()
                        : "break")
                .containsExactly("CREATED", "ENABLED", "break", "DELETED");
    }

    @Test
    @DisplayName("does not take for known a revision whose number another commit had")
    void divergedToUnknown() {
        trail.commit(OFF);
        trail.commit(ON);
        trail.commit(Flag.bool("g", true));
        Revision second = new Revision(trail.position().revision().epoch(), 2, "of the other branch");
        trail.breaks(Break.Cause.DIVERGED, second);

        assertThat(history(trail.records()).at(2).complete()).isFalse();
    }

    @Test
    @DisplayName("takes back what the store has lost, and knows what came in its place")
    void diverged() {
        CommittedChange first = trail.commit(OFF);
        trail.commit(ON, Flag.bool("g", true));
        trail.commit(F);
        trail.breaks(Break.Cause.DIVERGED, first.revision());
        FlagHistory lost = history(trail.records());
        trail.publish(Commits.following(first.revision(), "other", Flag.bool("h", true)));
        FlagHistory later = history(trail.records());

        assertThat(lost.newest()).isEqualTo(first.revision());
        assertThat(lost.at(1).definitions().flags().keySet()).containsExactly("f");
        assertThat(flag(lost.at(1))).isEqualTo(OFF);
        assertThat(lost.at(1).complete()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lost.at(3))
                .withMessage("revision: found 3; allowed: 0 to 1, as far as the trail has them");
        assertThat(later.at(2).definitions().flags().keySet()).containsExactly("f", "h");
        assertThat(later.at(2).definitions().revision().changeSet()).isEqualTo("other");
    }

    @Test
    @DisplayName("follows a store that fails over and back")
    void overAndBack() {
        CommittedChange first = trail.commit(OFF);
        CommittedChange second = trail.commit(ON);
        CommittedChange other = Commits.following(first.revision(), "other", Flag.bool("h", true));
        trail.breaks(Break.Cause.DIVERGED, first.revision());
        trail.publish(other);
        trail.breaks(Break.Cause.DIVERGED, first.revision());
        trail.publish(second);

        FlagHistory history = history(trail.records());

        assertThat(history.at(2).definitions().flags())
                .isEqualTo(trail.store.load().flags());
        assertThat(history.at(2).complete()).isTrue();
        assertThat(history.of(F)).hasSize(5);
    }

    @Test
    @DisplayName("begins anew with a store that was made anew")
    void otherEpoch() {
        trail.commit(ON);
        Revision fresh = Revision.initial("fresh");
        trail.breaks(Break.Cause.DIVERGED, fresh);
        trail.publish(Commits.following(fresh, "c1", Flag.bool("h", true)));

        FlagHistory history = history(trail.records());

        assertThat(history.at(1).definitions().flags().keySet()).containsExactly("h");
        assertThat(history.at(1).complete()).isTrue();
        assertThat(history.at(0).definitions().flags()).isEmpty();
    }

    @Test
    @DisplayName("has definitions with sensitive values as malformed ones, which cannot be evaluated")
    void sensitive() {
        trail.commit(FlagFormat.parse(F, """
                {"enabled": true, "sensitive": ["email"], "rules": [
                  {"when": {"attribute": "email", "in": ["eve@example.org"]}, "serve": "on"}]}
                """));

        Past past = history(trail.records()).at(1);

        assertThat(past.complete()).isTrue();
        assertThat(past.definitions().flags().get("f").definition()).isInstanceOf(Malformed.class);
    }

    @Test
    @DisplayName("ignores other namespaces and records that it has already")
    void ignored() {
        Trail other = new Trail("other");
        other.commit(Flag.bool("x", true));
        trail.commit(OFF);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(trail.records());
        records.addAll(other.records());
        records.addAll(trail.records());

        Past past = history(records).at(1);

        assertThat(past.definitions().flags().keySet()).containsExactly("f");
        assertThat(past.complete()).isTrue();
    }

    @Test
    @DisplayName("of a namespace without records is empty, and has no revision")
    void empty() {
        FlagHistory history = new FlagHistory("shop");

        assertThat(history.newest()).isNull();
        assertThat(history.at(Instant.MAX).definitions().flags()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> history.at(0))
                .withMessage("revision: found 0; allowed: none, the trail is empty");
    }

    private static FlagHistory history(List<ConsumerRecord<byte[], byte[]>> records) {
        FlagHistory history = new FlagHistory("shop");
        records.forEach(history::add);
        return history;
    }

    private static Definition flag(Past past) {
        return past.definitions().flags().get("f").definition();
    }

    private static CommittedChange at(CommittedChange change, String instant) {
        return new CommittedChange(
                change.revision(),
                change.previousChangeSet(),
                Instant.parse(instant),
                change.actor(),
                change.reason(),
                change.edits());
    }
}

package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.audit.FlagChangeEvent.Entry;
import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.CommittedChange.Edit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An event, written and read")
class EventFormatTest {

    private final Trail trail = new Trail();

    @Test
    @DisplayName("says every kind of change as it was")
    void everyKind() {
        Flag flag = Flag.bool("f", false);
        trail.commit(flag, Segment.of("s"));
        trail.commit(flag.withEnabled(true));
        trail.commit(flag);
        trail.commit(flag.withArchived(true));
        trail.commit(flag, Flag.bool("g", true));
        trail.commit(flag.withEnabled(true).withArchived(true), DefinitionKey.segment("s"));

        assertThat(trail.records().stream().map(FlagChangeEvent::from).map(Changed.class::cast))
                .extracting(changed -> changed.id() + " " + changed.type() + " " + (changed.position() + 1) + "/"
                        + changed.size() + " " + version(changed.before()) + "-" + version(changed.after()))
                .containsExactly(
                        "flag/f CREATED 1/2 0-1",
                        "segment/s CREATED 2/2 0-1",
                        "flag/f ENABLED 1/1 1-2",
                        "flag/f DISABLED 1/1 2-3",
                        "flag/f ARCHIVED 1/1 3-4",
                        "flag/f RESTORED 1/2 4-5",
                        "flag/g CREATED 2/2 0-5",
                        "flag/f UPDATED 1/2 5-6",
                        "segment/s DELETED 2/2 1-0");
    }

    @Test
    @DisplayName("has the revision, the actor, the reason, both definitions and what changed")
    void everything() {
        trail.commit(Flag.bool("f", false));
        CommittedChange commit = trail.commit(Flag.bool("f", true));

        Changed changed = (Changed) FlagChangeEvent.from(trail.last());

        assertThat(changed.entry())
                .isEqualTo(new Entry(
                        "shop",
                        2,
                        CanonicalJson.hash(trail.records().get(0).value()),
                        commit.revision(),
                        Trail.NOON,
                        "anna",
                        "a reason"));
        assertThat(new Edit(changed.id(), changed.before(), changed.after()))
                .isEqualTo(commit.edits().get(0));
        assertThat(changed.patch()).isEqualTo("{\"enabled\":true}");
    }

    @Test
    @DisplayName("stands under the namespace and the definition's key")
    void key() {
        trail.commit(Flag.bool("a/b", true));
        trail.breaks(Break.Cause.GAP, trail.position().revision());

        assertThat(trail.records())
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .containsExactly("shop/flag/a/b", "shop/log");
    }

    @Test
    @DisplayName("names the hash of the one before, over changes of one set, changes of several, and breaks")
    void chain() {
        trail.commit(Flag.bool("a", true), Flag.bool("b", true));
        trail.commit(Flag.bool("c", true));
        trail.breaks(Break.Cause.DIVERGED, Revision.initial("other"));
        trail.commit(Flag.bool("d", true));

        String before = "";
        long sequence = 1;
        for (ConsumerRecord<?, byte[]> record : trail.records()) {
            Entry entry = AuditRecord.of(record).entry();
            assertThat(entry.predecessor()).isEqualTo(before);
            assertThat(entry.sequence()).isEqualTo(sequence++);
            before = CanonicalJson.hash(record.value());
            assertThat(AuditRecord.of(record).hash()).isEqualTo(before);
        }
        assertThat(trail.position().hash()).isEqualTo(before);
    }

    @Test
    @DisplayName("says where a trail was broken, where it goes on, and why")
    void breaks() {
        trail.commit(Flag.bool("a", true));
        Revision from = trail.position().revision();

        trail.breaks(Break.Cause.DIVERGED, new Revision("new", 7, "c7"));
        Break first = (Break) FlagChangeEvent.from(trail.last());
        trail.breaks(Break.Cause.GAP, new Revision("new", 9, "c9"));
        Break second = (Break) FlagChangeEvent.from(trail.last());

        assertThat(first.cause()).isEqualTo(Break.Cause.DIVERGED);
        assertThat(first.from()).isEqualTo(from);
        assertThat(first.entry().revision()).isEqualTo(new Revision("new", 7, "c7"));
        assertThat(first.entry().actor()).isEqualTo("system:audit");
        assertThat(second.cause()).isEqualTo(Break.Cause.GAP);
        assertThat(second.from()).isEqualTo(new Revision("new", 7, "c7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zo\u00eb / \"x\" \\ %41",
                "\ud83d\ude00\u2028\u0080\ufdd0\uffff",
                "\uD83E\uDEE9 of Unicode 16",
                "line\nbreak\t\u0000"
            })
    @DisplayName("keeps odd characters in the actor, the reason, the namespace and the change set")
    void oddCharacters(String odd) {
        String name = odd + "'s";
        CommittedChange change = change(odd, name, Flag.bool("f", true));

        ConsumerRecord<byte[], byte[]> record = write(odd, change);
        Changed changed = (Changed) FlagChangeEvent.from(record);

        assertThat(changed.entry().actor()).isEqualTo(odd);
        assertThat(changed.entry().reason()).isEqualTo(name);
        assertThat(changed.entry().namespace()).isEqualTo(odd);
        assertThat(changed.entry().revision()).isEqualTo(change.revision());
    }

    @Test
    @DisplayName("says U+FFFD for half a character, which UTF-8 does not have")
    void halves() {
        Changed changed =
                (Changed) FlagChangeEvent.from(write("n", change("a\ud800", "\udc00b", Flag.bool("f", true))));

        assertThat(changed.entry().actor()).isEqualTo("a\ufffd");
        assertThat(changed.entry().reason()).isEqualTo("\ufffdb");
    }

    @Test
    @DisplayName("has no reason if nobody gave one")
    void noReason() {
        ConsumerRecord<byte[], byte[]> record = write("n", change("anna", null, Flag.bool("f", true)));

        assertThat(((Changed) FlagChangeEvent.from(record)).entry().reason()).isNull();
        assertThat(everythingOf(record)).doesNotContain("reason");
    }

    @Test
    @DisplayName("can be of a key that no definition may have")
    void oddKey() {
        DefinitionKey odd = DefinitionKey.segment("a b/\u20ac");
        Definition malformed = FlagFormat.read(odd, "{}");

        Changed changed = (Changed) FlagChangeEvent.from(write(
                "n", change("anna", null, new Edit(odd, null, new Versioned(malformed, new Version(1, "c1"))))));

        assertThat(changed.id()).isEqualTo(odd);
        assertThat(changed.after().definition()).isEqualTo(malformed);
    }

    @Test
    @DisplayName("tells the position of a trail again, also after a change set whose id has half a character")
    void position() {
        Position position = new Position(new Revision("e", 3, "c\ud800\"\u20ac"), 9, "abc");

        String metadata = position.toMetadata("topic-id");
        String sent = new String(metadata.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(Position.ofMetadata(sent, "topic-id")).isEqualTo(position);
        assertThat(Position.ofMetadata(sent, "another")).isNull();
        assertThat(Position.ofMetadata("", "topic-id")).isNull();
        assertThat(Position.ofMetadata("{\"topicId\":1}", "topic-id")).isNull();
    }

    private static long version(@Nullable Versioned versioned) {
        return versioned == null ? 0 : versioned.version().number();
    }

    private static String everythingOf(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder all = new StringBuilder(new String(record.value(), StandardCharsets.UTF_8));
        all.append(new String(record.key(), StandardCharsets.UTF_8));
        record.headers().forEach(header -> all.append(header));
        record.headers().forEach(header -> all.append(new String(header.value(), StandardCharsets.UTF_8)));
        return all.toString();
    }

    private static CommittedChange change(String actor, @Nullable String reason, Definition created) {
        return change(actor, reason, new Edit(created.id(), null, new Versioned(created, new Version(4, "c4"))));
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

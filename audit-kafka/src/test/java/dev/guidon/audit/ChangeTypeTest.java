package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.About;
import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.CommittedChange.Edit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What happened to a definition")
class ChangeTypeTest {

    private static final Flag OFF = Flag.bool("f", false);
    private static final Flag ON = Flag.bool("f", true);
    private static final About OWNED = new About(null, null, "anna", java.util.List.of(), null);

    @Test
    @DisplayName("is named after the one thing that was changed")
    void one() {
        assertThat(type(OFF, ON)).isEqualTo(ChangeType.ENABLED);
        assertThat(type(ON, OFF)).isEqualTo(ChangeType.DISABLED);
        assertThat(type(ON, ON.withArchived(true))).isEqualTo(ChangeType.ARCHIVED);
        assertThat(type(ON.withArchived(true), ON)).isEqualTo(ChangeType.RESTORED);
    }

    @Test
    @DisplayName("is an update if more was changed, or something else, or nothing")
    void more() {
        assertThat(type(OFF, ON.withArchived(true))).isEqualTo(ChangeType.UPDATED);
        assertThat(type(OFF, ON.withAbout(OWNED))).isEqualTo(ChangeType.UPDATED);
        assertThat(type(ON, ON.withArchived(true).withAbout(OWNED))).isEqualTo(ChangeType.UPDATED);
        assertThat(type(ON, ON.withAbout(OWNED))).isEqualTo(ChangeType.UPDATED);
        assertThat(type(ON, ON)).isEqualTo(ChangeType.UPDATED);
    }

    @Test
    @DisplayName("is creation where nothing was, and deletion where nothing is")
    void beginAndEnd() {
        assertThat(type(null, ON)).isEqualTo(ChangeType.CREATED);
        assertThat(type(ON, null)).isEqualTo(ChangeType.DELETED);
        assertThat(type(null, Segment.of("s"))).isEqualTo(ChangeType.CREATED);
        assertThat(type(Segment.of("s"), null)).isEqualTo(ChangeType.DELETED);
    }

    @Test
    @DisplayName("is an update of segments, and from or to what cannot be read")
    void others() {
        Definition malformed = FlagFormat.read(DefinitionKey.flag("f"), "{\"enabled\":1}");

        assertThat(type(Segment.of("s"), Segment.of("s").withExternal(null).withSensitive()))
                .isEqualTo(ChangeType.UPDATED);
        assertThat(type(malformed, ON)).isEqualTo(ChangeType.UPDATED);
        assertThat(type(OFF, malformed)).isEqualTo(ChangeType.UPDATED);
        assertThat(type(null, malformed)).isEqualTo(ChangeType.CREATED);
        assertThat(type(malformed, null)).isEqualTo(ChangeType.DELETED);
    }

    private static ChangeType type(@Nullable Definition before, @Nullable Definition after) {
        return ChangeType.of(new Edit(
                DefinitionKey.flag("f"),
                before == null ? null : new Versioned(before, new Version(1, "c1")),
                after == null ? null : new Versioned(after, new Version(2, "c2"))));
    }
}

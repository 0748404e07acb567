package dev.guidon.audit;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.json.FlagFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a trail is.
 *
 * @param revision the last revision that is in it
 * @param sequence the sequence of its last record; 0 if it has none
 * @param hash the hash of its last record; empty if it has none
 */
record Position(Revision revision, long sequence, String hash) {

    /** The beginning of a trail. */
    static Position before(Revision first) {
        return new Position(first, 0, "");
    }

    /**
     * The text that goes with the offset of the group.
     *
     * @param topicId the id of the topic that the trail is in: another topic of the same name is another trail
     */
    String toMetadata(String topicId) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("topicId", FlagValue.of(topicId));
        fields.put("epoch", FlagValue.of(revision.epoch()));
        fields.put("revision", FlagValue.of(revision.number()));
        fields.put("changeSet", FlagValue.of(revision.changeSet()));
        fields.put("sequence", FlagValue.of(sequence));
        fields.put("hash", FlagValue.of(hash));
        // Escapes halves of characters, which an id may have and UTF-8 does not.
        return new FlagValue.Obj(fields).toString();
    }

    /** The position that a text of {@link #toMetadata} tells; null if it is not one, or of another topic. */
    static @Nullable Position ofMetadata(String metadata, String topicId) {
        try {
            EventFields fields = new EventFields(FlagFormat.readValue(metadata));
            Revision revision = new Revision(fields.text("epoch"), fields.number("revision"), fields.text("changeSet"));
            return fields.text("topicId").equals(topicId)
                    ? new Position(revision, fields.number("sequence"), fields.text("hash"))
                    : null;
        } catch (IllegalArgumentException e) {
            // Somebody else has set the offset: the topic tells where the trail is.
            return null;
        }
    }
}

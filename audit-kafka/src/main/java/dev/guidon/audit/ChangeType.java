package dev.guidon.audit;

import dev.guidon.definition.Definition;
import dev.guidon.definition.Flag;
import dev.guidon.store.CommittedChange.Edit;
import java.util.Locale;

/** What happened to a definition. */
public enum ChangeType {
    /** It did not exist before. */
    CREATED,
    /** It was changed, in more than one of the ways below or in another one. */
    UPDATED,
    /** A flag was switched on, and nothing else. */
    ENABLED,
    /** A flag was switched off, and nothing else. */
    DISABLED,
    /** A flag was archived, and nothing else. */
    ARCHIVED,
    /** A flag was taken back from the archive, and nothing else. */
    RESTORED,
    /** It does not exist any more. */
    DELETED;

    static ChangeType of(Edit edit) {
        if (edit.before() == null) {
            return CREATED;
        }
        if (edit.after() == null) {
            return DELETED;
        }
        Definition before = edit.before().definition();
        Definition after = edit.after().definition();
        if (before instanceof Flag from && after instanceof Flag to) {
            if (from.enabled() != to.enabled() && from.withEnabled(to.enabled()).equals(to)) {
                return to.enabled() ? ENABLED : DISABLED;
            }
            if (from.archived() != to.archived()
                    && from.withArchived(to.archived()).equals(to)) {
                return to.archived() ? ARCHIVED : RESTORED;
            }
        }
        return UPDATED;
    }

    /** The last part of the event's type. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.guidon.spring.actuate;

import dev.guidon.definition.Definition;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.Snapshot;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A flag in a list.
 *
 * @param type its type; null if it is malformed
 * @param kind what it is for; null if nobody said
 * @param description what it does; null if nobody said
 * @param owner who answers for it; null if nobody said
 * @param tags free labels
 * @param expires when it should be gone from the code; null for never
 * @param enabled whether it is enabled; null if it is malformed
 * @param archived whether it is archived; null if it is malformed
 * @param version the number of the revision that wrote it
 * @param problems how many problems it has; it answers the callers' defaults if there are any
 */
public record FlagSummary(
        @Nullable String type,
        @Nullable String kind,
        @Nullable String description,
        @Nullable String owner,
        List<String> tags,
        @Nullable String expires,
        @Nullable Boolean enabled,
        @Nullable Boolean archived,
        long version,
        int problems) {

    static FlagSummary of(Versioned versioned, Snapshot snapshot) {
        Definition definition = versioned.definition();
        int problems =
                snapshot.problems().getOrDefault(definition.id(), List.of()).size();
        if (!(definition instanceof Flag flag)) {
            return new FlagSummary(
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    null,
                    versioned.version().number(),
                    problems);
        }
        return new FlagSummary(
                flag.type().toString(),
                text(flag.about().kind()),
                flag.about().description(),
                flag.about().owner(),
                flag.about().tags(),
                text(flag.about().expires()),
                flag.enabled(),
                flag.archived(),
                versioned.version().number(),
                problems);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString().toLowerCase(Locale.ROOT);
    }
}

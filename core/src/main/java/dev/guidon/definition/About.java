package dev.guidon.definition;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people want to know of a flag. None of it affects evaluation.
 *
 * @param description what the flag does; null for none
 * @param kind what it is for; null if nobody said
 * @param owner who answers for it; null for nobody
 * @param tags free labels
 * @param expires when it should be gone from the code; null for never
 * @param sensitive attributes whose values are personal data: who copies the flag elsewhere leaves out the values that it compares them with
 */
public record About(
        @Nullable String description,
        @Nullable FlagKind kind,
        @Nullable String owner,
        List<String> tags,
        @Nullable LocalDate expires,
        List<Attribute> sensitive) {

    /** Nothing said. */
    public static final About NOTHING = new About(null, null, null, List.of(), null, List.of());

    /** Copies the lists and checks them. */
    public About {
        tags = List.copyOf(tags);
        sensitive = List.copyOf(sensitive);
        List<Problem> problems = new ArrayList<>();
        Limit.TAGS.check("tags", tags, problems);
        for (int i = 0; i < tags.size(); i++) {
            DefinitionKey.checkName("tags[" + i + "]", tags.get(i), problems);
        }
        if (expires != null && (expires.getYear() < 0 || expires.getYear() > 9999)) {
            problems.add(Problem.at("expires", expires, "a date with a year from 0000 to 9999"));
        }
        Limit.SENSITIVE.check("sensitive", sensitive, problems);
        Problem.refuse(problems);
    }

    /**
     * The same without sensitive attributes.
     *
     * @param description what the flag does; null for none
     * @param kind what it is for; null if nobody said
     * @param owner who answers for it; null for nobody
     * @param tags free labels
     * @param expires when it should be gone from the code; null for never
     */
    public About(
            @Nullable String description,
            @Nullable FlagKind kind,
            @Nullable String owner,
            List<String> tags,
            @Nullable LocalDate expires) {
        this(description, kind, owner, tags, expires, List.of());
    }

    /**
     * The same with another description.
     *
     * @param text what the flag does; null for none
     * @return new metadata
     */
    public About withDescription(@Nullable String text) {
        return new About(text, kind, owner, tags, expires, sensitive);
    }

    /**
     * The same with another kind.
     *
     * @param purpose what the flag is for; null for none
     * @return new metadata
     */
    public About withKind(@Nullable FlagKind purpose) {
        return new About(description, purpose, owner, tags, expires, sensitive);
    }

    /**
     * The same with another owner.
     *
     * @param name who answers for the flag; null for none
     * @return new metadata
     */
    public About withOwner(@Nullable String name) {
        return new About(description, kind, name, tags, expires, sensitive);
    }

    /**
     * The same with other tags.
     *
     * @param labels the tags
     * @return new metadata
     */
    public About withTags(String... labels) {
        return new About(description, kind, owner, List.of(labels), expires, sensitive);
    }

    /**
     * The same with another date.
     *
     * @param day when the flag should be gone from the code; null for never
     * @return new metadata
     */
    public About withExpires(@Nullable LocalDate day) {
        return new About(description, kind, owner, tags, day, sensitive);
    }

    /**
     * The same with other sensitive attributes.
     *
     * @param attributes the attributes whose values are personal data
     * @return a new description
     */
    public About withSensitive(Attribute... attributes) {
        return new About(description, kind, owner, tags, expires, List.of(attributes));
    }
}

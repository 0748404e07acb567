package dev.guidon.definition;

import java.util.List;

/** What a store holds under a key: a flag, a segment, or something that could not be read as either. */
public sealed interface Definition permits Flag, Segment, Malformed {

    /** {@return what this definition is stored under} */
    DefinitionKey id();

    /** {@return every place where this definition refers to another one; none for a malformed one} */
    default List<Reference> references() {
        return this instanceof Flag flag
                ? Reference.of(flag)
                : this instanceof Segment segment ? Reference.of(segment) : List.of();
    }
}

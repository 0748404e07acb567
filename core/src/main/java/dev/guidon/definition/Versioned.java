package dev.guidon.definition;

/**
 * A definition and its version.
 *
 * @param definition the definition
 * @param version the number of the revision that wrote it, so that no version is ever used twice for a key; 0 outside of a store
 */
public record Versioned(Definition definition, long version) {

    /** Checks the version. */
    public Versioned {
        if (version < 0) {
            Problem.refuse(java.util.List.of(Problem.at("version", version, "0 or more")));
        }
    }
}

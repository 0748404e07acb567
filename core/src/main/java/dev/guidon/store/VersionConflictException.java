package dev.guidon.store;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Version;
import java.util.List;
import java.util.stream.Collectors;

/** A change set was refused because definitions have moved since they were read. Nothing was committed. */
public final class VersionConflictException extends FlagStoreException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 10;

    private final transient List<Conflict> conflicts;

    /**
     * A refusal. Its message shows the first ten.
     *
     * @param conflicts what moved; at least one
     */
    public VersionConflictException(List<Conflict> conflicts) {
        super(message(conflicts));
        this.conflicts = List.copyOf(conflicts);
    }

    private static String message(List<Conflict> conflicts) {
        String shown = conflicts.stream().limit(SHOWN).map(Conflict::toString).collect(Collectors.joining("; "));
        return conflicts.size() <= SHOWN ? shown : shown + "; and " + (conflicts.size() - SHOWN) + " more";
    }

    /** {@return everything that moved} */
    public List<Conflict> conflicts() {
        return conflicts;
    }

    /**
     * A definition that moved.
     *
     * @param id which definition
     * @param expected the version that the change expected; {@link Version#NONE} if it expected no definition
     * @param found the version that the store has; {@link Version#NONE} if it has no definition
     */
    public record Conflict(DefinitionKey id, Version expected, Version found) {
        /** {@return both versions in words} */
        @Override
        public String toString() {
            return id + ": found " + version(found) + "; expected " + version(expected);
        }

        private static String version(Version version) {
            return version.equals(Version.NONE) ? "no definition" : "version " + version;
        }
    }
}

package dev.guidon.store;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Version;
import java.util.List;

/** One change of a change set. */
public sealed interface Change {

    /** {@return what is changed} */
    DefinitionKey id();

    /** {@return the version that the definition must have; {@link Version#NONE} if it must not exist} */
    Version expectedVersion();

    /**
     * Creates or replaces a definition.
     *
     * @param definition the new definition
     * @param expectedVersion the version that it replaces; {@link Version#NONE} to create it
     */
    record Put(Definition definition, Version expectedVersion) implements Change {
        @Override
        public DefinitionKey id() {
            return definition.id();
        }
    }

    /**
     * Removes a definition.
     *
     * @param id what is removed
     * @param expectedVersion the version that it has; not {@link Version#NONE}
     */
    record Remove(DefinitionKey id, Version expectedVersion) implements Change {
        /** Checks the version. */
        public Remove {
            if (expectedVersion.equals(Version.NONE)) {
                Problem.refuse(List.of(new Problem("expectedVersion", "none", "the version that is removed")));
            }
        }
    }
}

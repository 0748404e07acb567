package dev.guidon.store;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;

/** One change of a change set. */
public sealed interface Change {

    /** {@return what is changed} */
    DefinitionKey id();

    /** {@return the version that the definition must have; 0 if there must be none} */
    long expectedVersion();

    /**
     * Creates or replaces a definition.
     *
     * @param definition the new definition
     * @param expectedVersion the version that it replaces; 0 to create it
     */
    record Put(Definition definition, long expectedVersion) implements Change {
        /** Checks the version. */
        public Put {
            if (expectedVersion < 0) {
                throw new IllegalArgumentException(
                        "expectedVersion: found " + expectedVersion + "; allowed: 0 or more");
            }
        }

        @Override
        public DefinitionKey id() {
            return definition.id();
        }
    }

    /**
     * Removes a definition.
     *
     * @param id what is removed
     * @param expectedVersion the version that it has; above 0
     */
    record Remove(DefinitionKey id, long expectedVersion) implements Change {
        /** Checks the version. */
        public Remove {
            if (expectedVersion < 1) {
                throw new IllegalArgumentException("expectedVersion: found " + expectedVersion + "; allowed: above 0");
            }
        }
    }
}

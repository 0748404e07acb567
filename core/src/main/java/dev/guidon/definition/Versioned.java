package dev.guidon.definition;

/**
 * A definition and its version.
 *
 * @param definition the definition
 * @param version which commit wrote it; {@link Version#NONE} outside of a store
 */
public record Versioned(Definition definition, Version version) {}

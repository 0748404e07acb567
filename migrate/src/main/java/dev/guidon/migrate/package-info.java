/**
 * Imports flags from other systems so that they answer as before, down to the bucket of every user. Start at
 * {@link dev.guidon.migrate.Importer}; {@link dev.guidon.migrate.Import} is the program.
 */
@NullMarked
package dev.guidon.migrate;

import org.jspecify.annotations.NullMarked;

/**
 * The one format that definitions are written in, as JSON and as YAML: {@link dev.guidon.json.FlagFormat}.
 *
 * <p>Everything else here is package-private, and no type of a JSON or YAML library stands in a public signature.
 */
@NullMarked
package dev.guidon.json;

import org.jspecify.annotations.NullMarked;

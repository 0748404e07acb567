/** Tests of the importers. */
@NullMarked
package dev.guidon.migrate;

import org.jspecify.annotations.NullMarked;

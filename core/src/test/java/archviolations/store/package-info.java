/** Breaks the rules. */
@NullMarked
package archviolations.store;

import org.jspecify.annotations.NullMarked;

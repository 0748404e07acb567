/** Breaks the rules. */
@NullMarked
package archviolations.definition;

import org.jspecify.annotations.NullMarked;

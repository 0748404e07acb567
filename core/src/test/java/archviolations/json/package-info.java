/** Breaks the rules. */
@NullMarked
package archviolations.json;

import org.jspecify.annotations.NullMarked;

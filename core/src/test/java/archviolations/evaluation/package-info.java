/** Breaks the rules. */
@NullMarked
package archviolations.evaluation;

import org.jspecify.annotations.NullMarked;

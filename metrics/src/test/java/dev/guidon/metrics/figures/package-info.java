/** What counting costs, measured. */
@NullMarked
package dev.guidon.metrics.figures;

import org.jspecify.annotations.NullMarked;

/** Guidon measured beside other feature-flag libraries. */
@NullMarked
package dev.guidon.benchmarks;

import org.jspecify.annotations.NullMarked;

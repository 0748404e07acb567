/**
 * Meters of flags and of their store, for Micrometer. Start at {@link dev.guidon.metrics.FlagMetrics}.
 */
@NullMarked
package dev.guidon.metrics;

import org.jspecify.annotations.NullMarked;

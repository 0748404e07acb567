/**
 * Guidon: feature flags that are evaluated in the process, from an immutable snapshot.
 *
 * <p>Start with {@link dev.guidon.FeatureFlags}, which an application asks, and {@link dev.guidon.FlagEditor}, which changes flags.
 */
@NullMarked
package dev.guidon;

import org.jspecify.annotations.NullMarked;

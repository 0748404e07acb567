/**
 * Guidon in a Spring application: the flags of the request at hand, gates for handlers, and typed flags.
 *
 * <p>Start with {@link dev.guidon.spring.CurrentFlags}, {@link dev.guidon.spring.FeatureGate} and {@link dev.guidon.spring.FlagSet}.
 */
@NullMarked
package dev.guidon.spring;

import org.jspecify.annotations.NullMarked;

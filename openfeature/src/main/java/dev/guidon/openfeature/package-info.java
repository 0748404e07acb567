/**
 * Guidon's flags by way of the OpenFeature SDK. Start at {@link dev.guidon.openfeature.GuidonProvider}.
 */
@NullMarked
package dev.guidon.openfeature;

import org.jspecify.annotations.NullMarked;

/** Measures the provider. */
@NullMarked
package dev.guidon.openfeature.figures;

import org.jspecify.annotations.NullMarked;

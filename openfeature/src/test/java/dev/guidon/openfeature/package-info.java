/** Tests of the provider. */
@NullMarked
package dev.guidon.openfeature;

import org.jspecify.annotations.NullMarked;

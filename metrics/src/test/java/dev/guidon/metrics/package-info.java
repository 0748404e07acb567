/** Tests of the meters. */
@NullMarked
package dev.guidon.metrics;

import org.jspecify.annotations.NullMarked;

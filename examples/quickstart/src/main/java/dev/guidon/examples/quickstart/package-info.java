/** A small shop whose looks and prices come from flags, and a page that flips them. */
@NullMarked
package dev.guidon.examples.quickstart;

import org.jspecify.annotations.NullMarked;

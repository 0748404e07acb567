/** The scenarios of the OpenFeature specification. */
@NullMarked
package dev.guidon.openfeature.gherkin;

import org.jspecify.annotations.NullMarked;

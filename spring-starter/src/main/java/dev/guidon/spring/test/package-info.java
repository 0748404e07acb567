/** Flags in tests of an application. */
@NullMarked
package dev.guidon.spring.test;

import org.jspecify.annotations.NullMarked;

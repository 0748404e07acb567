/**
 * For tests.
 *
 * <p>Tests of an application take {@link dev.guidon.testkit.TestFlags}, alone or through the JUnit extension {@link
 * dev.guidon.testkit.FlagsExtension} and its annotations; {@link dev.guidon.testkit.FlagMatrix} runs a test for every variant.
 *
 * <p>Tests of a {@link dev.guidon.store.FlagStore} extend {@code FlagStoreContract}.
 */
@NullMarked
package dev.guidon.testkit;

import org.jspecify.annotations.NullMarked;

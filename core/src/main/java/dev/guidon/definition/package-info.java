/**
 * The flag model as plain, immutable data: records, enums and sealed interfaces, validated when constructed.
 *
 * <p>A constructor that is given data outside the model throws an {@link IllegalArgumentException} whose message holds one
 * {@linkplain dev.guidon.definition.Problem problem} a line, all of them at once. Collections are copied and unmodifiable,
 * so every type here can be shared between threads.
 *
 * <p>Most types carry {@code extra}: the JSON fields that this version does not know. They never affect evaluation and are
 * written back unchanged, so that an older reader does not erase what a newer writer added.
 */
@NullMarked
package dev.guidon.definition;

import org.jspecify.annotations.NullMarked;

/**
 * Where definitions live: the contract of a {@linkplain dev.guidon.store.FlagStore store}, and the two stores that need no
 * server. Stores move data; what the data means is decided elsewhere.
 */
@NullMarked
package dev.guidon.store;

import org.jspecify.annotations.NullMarked;

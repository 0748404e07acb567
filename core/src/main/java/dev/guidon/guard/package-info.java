/**
 * What keeps threads alive: log lines and loops that survive whatever is thrown. For the modules of Guidon; applications need none of it.
 */
@NullMarked
package dev.guidon.guard;

import org.jspecify.annotations.NullMarked;

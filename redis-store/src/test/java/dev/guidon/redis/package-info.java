@NullMarked
package dev.guidon.redis;

import org.jspecify.annotations.NullMarked;

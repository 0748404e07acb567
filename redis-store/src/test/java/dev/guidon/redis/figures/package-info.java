/** Measures the store; a report, not a test. */
@org.jspecify.annotations.NullMarked
package dev.guidon.redis.figures;

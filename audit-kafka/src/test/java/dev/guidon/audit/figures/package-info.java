/** Measures the relay, see docs/audit-kafka-figures.md. */
@NullMarked
package dev.guidon.audit.figures;

import org.jspecify.annotations.NullMarked;

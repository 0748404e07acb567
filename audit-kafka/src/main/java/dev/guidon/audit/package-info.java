/**
 * The audit trail of a namespace in a Kafka topic. A service that writes it starts at {@link dev.guidon.audit.AuditRelay}; a program
 * that reads it starts at {@link dev.guidon.audit.FlagChangeEvent}.
 */
@NullMarked
package dev.guidon.audit;

import org.jspecify.annotations.NullMarked;

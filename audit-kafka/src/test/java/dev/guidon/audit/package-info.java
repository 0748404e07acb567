/** Tests of the audit trail. */
@NullMarked
package dev.guidon.audit;

import org.jspecify.annotations.NullMarked;

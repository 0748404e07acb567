package dev.guidon.spring.actuate;

import dev.guidon.ClientStatus;
import dev.guidon.definition.Revision;
import dev.guidon.store.StoreStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All flags and how they, the store and the audit are.
 *
 * @param namespace the namespace
 * @param revision the revision that is in force
 * @param status how fresh the flags are
 * @param store how the store is
 * @param relay how the audit's relay is; null if there is none
 * @param flags the flags, by their keys
 */
public record FlagsReport(
        String namespace,
        Revision revision,
        ClientStatus status,
        StoreStatus store,
        @Nullable Object relay,
        Map<String, FlagSummary> flags) {}

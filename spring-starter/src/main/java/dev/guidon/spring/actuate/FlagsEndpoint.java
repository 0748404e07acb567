package dev.guidon.spring.actuate;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The actuator endpoint {@code flags}: all flags, one flag, why it gives what it gives to somebody, and how the store and the audit are.
 * Values that a definition declares {@code sensitive} are left out. It only reads unless
 * {@code management.endpoint.flags.access=unrestricted}; then a flag can be enabled or disabled by somebody who is logged in.
 */
@Endpoint(id = "flags", defaultAccess = Access.READ_ONLY)
public final class FlagsEndpoint {

    private static final String ANONYMOUS = "org.springframework.security.authentication.AnonymousAuthenticationToken";

    private final FeatureFlags flags;
    private final FlagStore store;
    private final Supplier<@Nullable Object> relay;

    /**
     * An endpoint.
     *
     * @param flags the flags
     * @param store their store
     * @param relay gives the status of the audit's relay; null if there is none
     */
    public FlagsEndpoint(FeatureFlags flags, FlagStore store, Supplier<@Nullable Object> relay) {
        this.flags = flags;
        this.store = store;
        this.relay = relay;
    }

    /** {@return what refuses requests over HTTP with fields or parameters that the endpoint does not have, and says in the answer what is wrong} */
    public static OperationInvokerAdvisor requestCheck() {
        return new EndpointRequestCheck();
    }

    /** {@return all flags and how they, the store and the audit are} */
    @ReadOperation
    public FlagsReport flags() {
        Snapshot snapshot = flags.snapshot();
        Map<String, FlagSummary> summaries = new LinkedHashMap<>();
        new TreeMap<>(snapshot.definitions().flags())
                .forEach((key, flag) -> summaries.put(key, FlagSummary.of(flag, snapshot)));
        return new FlagsReport(
                store.namespace(), snapshot.revision(), flags.status(), store.status(), relay.get(), summaries);
    }

    /**
     * One flag.
     *
     * @param key its key; parts of it for a key with slashes
     * @param targetingKey whom to explain it for; null for nobody in particular
     * @param attributes a JSON object of attributes to explain it for; null for none, and if the targeting key is null too, nothing is
     *     explained
     * @return the flag, null if there is none
     */
    @ReadOperation
    public @Nullable FlagReport flag(
            @Selector(match = Match.ALL_REMAINING) String[] key,
            @Nullable String targetingKey,
            @Nullable String attributes) {
        Snapshot snapshot = flags.snapshot();
        String name = String.join("/", key);
        Versioned flag = snapshot.definitions().flags().get(name);
        if (flag == null) {
            return null;
        }
        Map<String, @Nullable Object> explanation = null;
        if (targetingKey != null || attributes != null) {
            EvaluationContext context = EvaluationContext.builder(targetingKey)
                    .setAll(Json.object("attributes", attributes == null ? "{}" : attributes))
                    .build();
            explanation = Json.object(snapshot.explain(name, context).toValue());
        }
        return FlagReport.of(name, flag, snapshot, explanation);
    }

    /**
     * Enables or disables a flag, in the name of who is logged in.
     *
     * @param securityContext who is logged in
     * @param key the flag's key; parts of it for a key with slashes
     * @param enabled whether it is to be enabled
     * @param reason why, for example a ticket; null for none
     * @return what was done, or why it was refused: 403 for somebody who is not logged in, 400 for what cannot be done, 503 while the store
     *     cannot be reached
     */
    @WriteOperation
    public WebEndpointResponse<Switched> set(
            SecurityContext securityContext,
            @Selector(match = Match.ALL_REMAINING) String[] key,
            boolean enabled,
            @Nullable String reason) {
        String name = String.join("/", key);
        Principal actor = securityContext.getPrincipal();
        if (actor == null || actor.getClass().getName().equals(ANONYMOUS)) {
            return refused(403, name, "a change needs an actor, and nobody is logged in");
        }
        try {
            FlagEditor editor = FlagEditor.of(store, actor.getName());
            FlagEditor because = reason == null ? editor : editor.because(reason);
            Revision revision = enabled ? because.enable(name) : because.disable(name);
            return new WebEndpointResponse<>(new Switched(name, enabled, actor.getName(), revision.number(), null));
        } catch (IllegalArgumentException e) {
            return refused(400, name, String.valueOf(e.getMessage()));
        } catch (FlagStoreException e) {
            return refused(503, name, String.valueOf(e.getMessage()));
        }
    }

    private static WebEndpointResponse<Switched> refused(int status, String key, String problem) {
        return new WebEndpointResponse<>(new Switched(key, null, null, null, problem), status);
    }

    /**
     * What was done to a flag.
     *
     * @param key the flag's key
     * @param enabled whether it is enabled now; null if nothing was done
     * @param actor in whose name that was done; null if nothing was done
     * @param revision the revision at which that holds; null if nothing was done
     * @param problem why nothing was done; null if something was
     */
    public record Switched(
            String key,
            @Nullable Boolean enabled,
            @Nullable String actor,
            @Nullable Long revision,
            @Nullable String problem) {}
}

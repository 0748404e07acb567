package dev.guidon.spring.autoconfigure;

import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.openfeature.GuidonProvider;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Sets the provider twice: for the application's own client, in a domain that no other application has, and for the clients of the
 * configured domain, or all. Takes both back at the end.
 */
final class OpenFeatureRegistration implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(GuidonOpenFeatureAutoConfiguration.class);

    /** All of the process, since several applications in it share OpenFeature's API; what changes them holds this lock. */
    private static final List<OpenFeatureRegistration> ALL = new ArrayList<>();

    private final OpenFeatureAPI api;
    private final GuidonProvider provider;
    private final @Nullable String domain;
    private final boolean wait;
    private final String own;
    private final String aside;
    private @Nullable FeatureProvider before;

    /** Does not wait for flags, since {@code guidon.start} says how long to wait. */
    OpenFeatureRegistration(OpenFeatureAPI api, GuidonProvider provider, FeatureFlags flags, @Nullable String domain) {
        this.api = api;
        this.provider = provider;
        this.domain = domain;
        State state = flags.status().state();
        wait = state == State.READY || state == State.STALE;
        synchronized (ALL) {
            own = freeDomain();
            aside = own + "-aside";
            set(own, provider, wait);
            setAside(bound());
            if (before != null && !(before instanceof NoOpProvider)) {
                log.warn(
                        "OpenFeature's provider for {}, {}, is replaced by this application's flags until the application ends."
                                + " Clients that are injected keep the flags of their application. To leave the provider in"
                                + " place, set guidon.openfeature.domain",
                        domain == null ? "all clients" : "the domain " + domain,
                        before.getClass().getName());
            }
            set(domain, provider, wait);
            ALL.add(this);
        }
    }

    Client client() {
        return api.getClient(own);
    }

    /** Brings back the provider from before, unless somebody else has set another meanwhile. */
    @Override
    public void destroy() {
        synchronized (ALL) {
            ALL.remove(this);
            for (OpenFeatureRegistration other : ALL) {
                if (other.api == api && other.before == provider) {
                    other.setAside(before);
                }
            }
            if (api.getProvider(domain) == provider) {
                set(domain, before == null ? unbound() : before, false);
            }
            set(own, new NoOpProvider(), true);
            setAside(null);
        }
        provider.shutdown();
    }

    /** {@return the provider that is to be replaced; null if the domain has none of its own} */
    private @Nullable FeatureProvider bound() {
        FeatureProvider bound = api.getProvider(domain);
        return domain != null && bound == api.getProvider() ? null : bound;
    }

    private FeatureProvider unbound() {
        return domain == null ? new NoOpProvider() : api.getProvider();
    }

    /** Keeps a provider in a domain that nobody asks, since the SDK shuts down what it serves nobody with. */
    private void setAside(@Nullable FeatureProvider replaced) {
        boolean kept = before != null && !before.isDomainScoped();
        before = replaced;
        if (replaced != null && !replaced.isDomainScoped()) {
            set(aside, replaced, false);
        } else if (kept) {
            set(aside, new NoOpProvider(), true);
        }
    }

    /** Names are used again, since the SDK keeps every domain that it has seen. */
    private String freeDomain() {
        String name;
        int number = 0;
        do {
            name = (domain == null ? "" : domain + "-") + "guidon-" + ++number;
        } while (isTaken(name));
        return name;
    }

    private boolean isTaken(String name) {
        return ALL.stream().anyMatch(other -> other.api == api && Objects.equals(other.own, name));
    }

    private void set(@Nullable String where, FeatureProvider next, boolean wait) {
        if (where == null) {
            if (wait) {
                api.setProviderAndWait(next);
            } else {
                api.setProvider(next);
            }
        } else if (wait) {
            api.setProviderAndWait(where, next);
        } else {
            api.setProvider(where, next);
        }
    }
}

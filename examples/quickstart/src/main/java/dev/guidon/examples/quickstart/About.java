package dev.guidon.examples.quickstart;

import dev.guidon.store.FlagStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a page what runs here. */
@RestController
class About {

    private final Facts facts;

    About(
            FlagStore store,
            @Value("${quickstart.instances}") List<String> instances,
            @Value("${quickstart.audit-topic:#{null}}") @Nullable String auditTopic) {
        facts = new Facts(store.getClass().getSimpleName(), instances, auditTopic);
    }

    @GetMapping("/api/about")
    Facts facts() {
        return facts;
    }

    /**
     * What runs.
     *
     * @param store the kind of store
     * @param instances the addresses of the shop
     * @param auditTopic where every change is published; null if nowhere
     */
    record Facts(
            String store, List<String> instances, @Nullable String auditTopic) {}
}

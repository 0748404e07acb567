package dev.guidon.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.FlagEditor;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Version;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.InMemoryFlagStore;
import dev.guidon.store.VersionConflictException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A measured store")
class MeteredFlagStoreTest {

    private static final String COUNT = "guidon_store_operations_seconds_count";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final FlagStore store = MeteredFlagStore.of(
            InMemoryFlagStore.builder().namespace("production").build(), registry);

    @Test
    @DisplayName("has series of successes before there are any")
    void fromTheStart() {
        Scrape scrape = Scrape.of(registry);

        assertThat(scrape.value(COUNT, "operation", "load", "outcome", "success"))
                .isZero();
        assertThat(scrape.value(COUNT, "operation", "commit", "outcome", "success"))
                .isZero();
    }

    @Test
    @DisplayName("times loads and commits")
    void successes() {
        FlagEditor.of(store, "test").set("a", true);
        store.load();

        Scrape scrape = Scrape.of(registry);
        assertThat(scrape.value(COUNT, "operation", "commit", "outcome", "success", "guidon_namespace", "production"))
                .isEqualTo(1);
        assertThat(scrape.value(COUNT, "operation", "load", "outcome", "success"))
                .isPositive();
        assertThat(scrape.value("guidon_store_operations_seconds_sum", "operation", "commit", "outcome", "success"))
                .isPositive();
    }

    @Test
    @DisplayName("tells conflicts from errors, and throws what it was thrown")
    void failures() {
        ChangeSet late =
                ChangeSet.of("test", null, List.of(new Change.Remove(DefinitionKey.flag("a"), new Version(7, "c7"))));
        assertThatThrownBy(() -> store.commit(late)).isInstanceOf(VersionConflictException.class);
        store.close();
        assertThatThrownBy(store::load).isInstanceOf(FlagStoreException.class);
        assertThatThrownBy(() -> store.commit(
                        ChangeSet.of("test", null, List.of(new Change.Put(Flag.bool("a", true), Version.NONE)))))
                .isInstanceOf(FlagStoreException.class);

        Scrape scrape = Scrape.of(registry);
        assertThat(scrape.value(
                        COUNT, "operation", "commit", "outcome", "conflict", "error", "VersionConflictException"))
                .isEqualTo(1);
        assertThat(scrape.value(COUNT, "operation", "load", "outcome", "error", "error", "FlagStoreException"))
                .isEqualTo(1);
        assertThat(scrape.value(COUNT, "operation", "commit", "outcome", "error"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("tells whether it is available")
    void available() {
        assertThat(Scrape.of(registry).value("guidon_store_available")).isEqualTo(1);

        store.close();

        assertThat(Scrape.of(registry).value("guidon_store_available")).isZero();
    }
}

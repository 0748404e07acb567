package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Flag;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The example of the page on concepts")
class ConceptsExamplesTest {

    @Test
    @DisplayName("finds flags that should be gone")
    void findsDue() {
        Clock clock = Clock.fixed(Instant.parse("2027-02-01T00:00:00Z"), ZoneOffset.UTC);
        FlagStore store = InMemoryFlagStore.of(FlagFormat.parseYaml("""
                flags:
                  new-checkout: {enabled: true, expires: 2027-01-31, owner: team-checkout}
                  new-search: {enabled: true, expires: 2027-02-01}
                  payments: {enabled: true, kind: operational}
                  banner: {archived: true, expires: 2026-01-31}
                """).flags().values().stream()
                .map(Versioned::definition)
                .toArray(Flag[]::new));

        LocalDate today = LocalDate.now(clock);
        List<String> due = new ArrayList<>();
        for (Versioned versioned : store.load().flags().values()) {
            if (versioned.definition() instanceof Flag flag && !flag.archived()) {
                LocalDate expires = flag.about().expires();
                if (expires != null && expires.isBefore(today)) {
                    due.add(flag.key() + ", due on " + expires + ", of "
                            + flag.about().owner());
                }
            }
        }

        assertThat(due).containsExactly("new-checkout, due on 2027-01-31, of team-checkout");
        store.close();
    }
}

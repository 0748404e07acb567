package dev.guidon.examples.quickstart;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.FlagStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Writes the flags of {@code flags.yaml} into a store that holds none. */
@Component
class FirstFlags {

    FirstFlags(FlagStore store, FeatureFlags flags) throws IOException, InterruptedException {
        if (store.load().flags().isEmpty()) {
            String text = new ClassPathResource("flags.yaml").getContentAsString(StandardCharsets.UTF_8);
            Definitions first = FlagFormat.parseYaml(text);

            Revision written = FlagEditor.of(store, "quickstart")
                    .because("the flags to start with")
                    .batch(changes -> first.flags().values().forEach(flag -> changes.put(flag.definition())));
            flags.await(written, Duration.ofSeconds(5));
        }
    }
}

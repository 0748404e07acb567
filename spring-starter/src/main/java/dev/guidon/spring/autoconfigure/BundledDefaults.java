package dev.guidon.spring.autoconfigure;

import dev.guidon.definition.Definitions;
import dev.guidon.json.FlagFormat;
import dev.guidon.json.FlagFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/** Reads the flags that the application brings. */
final class BundledDefaults {

    private static final String PROPERTY = "guidon.defaults";

    private BundledDefaults() {}

    /** Nothing if there is no resource. */
    static Optional<Definitions> of(@Nullable Resource resource) {
        if (resource == null) {
            return Optional.empty();
        }
        try {
            String text = resource.getContentAsString(StandardCharsets.UTF_8);
            String name = String.valueOf(resource.getFilename()).toLowerCase(Locale.ROOT);
            return Optional.of(name.endsWith(".json") ? FlagFormat.parseJson(text) : FlagFormat.parseYaml(text));
        } catch (IOException e) {
            throw new MisconfiguredException(
                    PROPERTY,
                    resource.getDescription() + ", which cannot be read: " + e.getMessage(),
                    "a YAML or JSON document of flags, for example classpath:flags.yaml",
                    e);
        } catch (FlagFormatException e) {
            throw new MisconfiguredException(
                    PROPERTY,
                    resource.getDescription() + ", in which this is wrong:\n" + e.getMessage(),
                    "a document without such problems",
                    e);
        }
    }
}

package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("The metadata of the properties")
class MetadataTest {

    /** Nothing is there by default. */
    private static final Set<String> WITHOUT_DEFAULT = Set.of(
            "guidon.audit.properties",
            "guidon.audit.topic.replication",
            "guidon.audit.topic.retention",
            "guidon.defaults",
            "guidon.file.path",
            "guidon.last-known-good",
            "guidon.openfeature.domain",
            "guidon.redis.uri",
            "guidon.store");

    private static final Pattern ROW =
            Pattern.compile("\\| `((?:guidon|management)\\.[^`]+)` \\| ([^|]*) \\| ([^|]+) \\|");

    @Test
    @DisplayName("have each a description, and a default if there is one")
    void complete() throws IOException {
        Map<String, JsonNode> properties = properties();

        assertThat(properties).hasSizeGreaterThan(25);
        properties.forEach((name, property) -> {
            assertThat(property.path("description").asString("")).as(name).matches("(?s)[A-Z].*\\.");
            if (WITHOUT_DEFAULT.contains(name)) {
                assertThat(property.has("defaultValue")).as(name).isFalse();
            } else {
                assertThat(property.has("defaultValue")).as(name).isTrue();
            }
        });
    }

    @Test
    @DisplayName("and the reference say the same: names, defaults and descriptions")
    void reference() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(docs().resolve("spring.md")));
        while (row.find()) {
            documented.put(
                    row.group(1),
                    row.group(2).strip().replace("`", "") + " | " + row.group(3).strip());
        }

        Map<String, String> expected = new TreeMap<>();
        properties()
                .forEach((name, property) -> expected.put(
                        name,
                        (property.path("defaultValue").asString("") + " | "
                                + property.path("description").asString())));
        assertThat(documented).isEqualTo(expected);
    }

    /** Those of this part: what is about requests is described with it. */
    private static Map<String, JsonNode> properties() throws IOException {
        Map<String, JsonNode> properties = new TreeMap<>();
        for (URL url : Collections.list(
                MetadataTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream json = url.openStream()) {
                for (JsonNode property : new JsonMapper().readTree(json).path("properties")) {
                    String name = property.path("name").asString();
                    if (name.matches("guidon\\.(?!web\\.|context\\.|flag-sets).*|management\\.health\\.guidon\\..*")) {
                        properties.put(name, property);
                    }
                }
            }
        }
        return properties;
    }

    private static Path docs() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("docs/architecture.md"))) {
                return folder.resolve("docs");
            }
        }
        throw new IllegalStateException("the folder docs is not there");
    }
}

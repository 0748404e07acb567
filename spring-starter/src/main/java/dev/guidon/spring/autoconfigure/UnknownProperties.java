package dev.guidon.spring.autoconfigure;

import dev.guidon.definition.FlagValue;
import dev.guidon.json.FlagFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Warns of properties that begin with {@code guidon.} and that no module of Guidon has, with their origin, never with their value. Before
 * anything is made of the others, since what is misspelt may be why that fails. Of environment variables and the
 * properties of the virtual machine only those that are nearly one of Guidon's: others may be meant for somebody else, such as those that
 * Kubernetes makes for a service of this name.
 */
final class UnknownProperties implements ApplicationListener<ApplicationPreparedEvent> {

    private static final Logger log = LoggerFactory.getLogger(UnknownProperties.class);

    private static final ConfigurationPropertyName GUIDON = ConfigurationPropertyName.of("guidon");
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    @Override
    public void onApplicationEvent(ApplicationPreparedEvent event) {
        ConfigurableEnvironment environment = event.getApplicationContext().getEnvironment();
        try {
            Map<String, Boolean> known = known(event.getSpringApplication().getClassLoader());
            if (!known.isEmpty()) {
                check(ConfigurationPropertySources.get(environment), known);
            }
        } catch (IOException unreadable) {
            log.debug("Properties are not checked", unreadable);
        }
    }

    private static void check(Iterable<ConfigurationPropertySource> sources, Map<String, Boolean> known) {
        Collection<String> seen = new TreeSet<>();
        for (ConfigurationPropertySource source : sources) {
            boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
            boolean shared = variables || source.getUnderlyingSource() instanceof PropertiesPropertySource;
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(GUIDON::isAncestorOf)
                        .filter(name -> !isKnown(name, variables, known) && seen.add(name.toString()))
                        .forEach(name -> warn(name, shared, source, known.keySet()));
            }
        }
    }

    private static void warn(
            ConfigurationPropertyName name,
            boolean shared,
            ConfigurationPropertySource source,
            Collection<String> known) {
        String near = nearest(name.toString(), known);
        if (near != null || !shared) {
            var found = source.getConfigurationProperty(name);
            log.warn(
                    "The property {} has no effect{}. Origin: {}",
                    name,
                    near == null ? ", since Guidon has none of this name" : ": did you mean " + near + "?",
                    found == null || found.getOrigin() == null ? source : found.getOrigin());
        }
    }

    private static boolean isKnown(ConfigurationPropertyName name, boolean variables, Map<String, Boolean> known) {
        return known.entrySet().stream().anyMatch(entry -> {
            ConfigurationPropertyName each = ConfigurationPropertyName.of(entry.getKey());
            // variables have '_' where properties have '.', '-' or nothing
            return variables
                    ? letters(name).equals(letters(each))
                            || (entry.getValue() && letters(name).startsWith(letters(each)))
                    : each.equals(name) || (entry.getValue() && each.isAncestorOf(name));
        });
    }

    private static String letters(ConfigurationPropertyName name) {
        return name.toString().replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }

    /** The properties of all modules, each with whether there may be others below it. */
    private static Map<String, Boolean> known(@Nullable ClassLoader loader) throws IOException {
        Map<String, Boolean> known = new TreeMap<>();
        ClassLoader from = loader == null ? UnknownProperties.class.getClassLoader() : loader;
        for (URL url : Collections.list(from.getResources(METADATA))) {
            try (InputStream json = url.openStream()) {
                String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
                if (text.contains("\"guidon.")
                        && FlagFormat.readValue(text) instanceof FlagValue.Obj metadata
                        && metadata.fields().get("properties") instanceof FlagValue.Array properties) {
                    properties.values().forEach(property -> add(property, known));
                }
            }
        }
        return known;
    }

    private static void add(FlagValue property, Map<String, Boolean> known) {
        if (property instanceof FlagValue.Obj fields
                && fields.fields().get("name") instanceof FlagValue.Text name
                && name.value().startsWith("guidon.")) {
            known.put(name.value(), String.valueOf(fields.fields().get("type")).contains("java.util.Map"));
        }
    }

    /** The property that a name is nearly, by Levenshtein's distance; null if none is near. */
    private static @Nullable String nearest(String name, Collection<String> names) {
        String best = null;
        int least = 4;
        for (String each : names) {
            int distance = distance(name, each);
            if (distance < least) {
                least = distance;
                best = each;
            }
        }
        return best;
    }

    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}

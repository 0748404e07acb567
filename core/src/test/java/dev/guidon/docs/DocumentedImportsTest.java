package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever copies the examples of the first pages has all imports. Other pages may show imports; what they show exists. */
@DisplayName("The imports on a page")
class DocumentedImportsTest {

    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+\\.(\\w+));$");
    private static final Pattern TYPE = Pattern.compile("(?<![\\w.\"])([A-Z]\\w*)");
    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|record|enum|interface) (\\w+)");
    private static final List<String> OF_JAVA =
            List.of("java.nio.file", "java.time", "java.util", "java.util.concurrent", "java.util.function");

    /** The types of Guidon by their simple names. */
    private static final Map<String, Set<String>> TYPES = new TreeMap<>();

    @BeforeAll
    static void findTypes() throws IOException {
        try (Stream<Path> files = Files.find(
                Documentation.ROOT,
                16,
                (file, about) -> file.toString().matches(".*/src/main/java/dev/guidon/.*\\.java"))) {
            for (Path file : files.toList()) {
                String name = file.toString()
                        .replaceFirst(".*/src/main/java/", "")
                        .replaceFirst("\\.java$", "")
                        .replace('/', '.');
                TYPES.computeIfAbsent(name.substring(name.lastIndexOf('.') + 1), simple -> new TreeSet<>())
                        .add(name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/getting-started.md", "docs/guide.md"})
    @DisplayName("are in its first example or before it, and are all that its examples need")
    void suffice(String page) throws IOException {
        List<String> blocks = Documentation.blocks(Documentation.page(page), "java");
        Set<String> imported = imports(blocks).keySet();

        assertThat(blocks.get(0)).startsWith("import ");
        assertThat(needed(blocks))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(imported).contains(type));
    }

    @Test
    @DisplayName("exist")
    void exist() throws IOException {
        for (Path page : Documentation.pages()) {
            imports(Documentation.blocks(page, "java")).forEach((simple, name) -> {
                if (name.startsWith("dev.guidon.") && !name.matches(".*\\.[A-Z]\\w*\\.[A-Z]\\w*")) {
                    assertThat(TYPES.getOrDefault(simple, Set.of()))
                            .as(page + ": " + name)
                            .contains(name);
                }
            });
        }
    }

    private static Map<String, String> imports(List<String> blocks) {
        Map<String, String> imports = new TreeMap<>();
        for (String block : blocks) {
            Matcher line = IMPORT.matcher(block);
            while (line.find()) {
                imports.put(line.group(2), line.group(1));
            }
        }
        return imports;
    }

    private static Set<String> needed(List<String> blocks) {
        String code = blocks.stream()
                .map(block -> IMPORT.matcher(block)
                        .replaceAll("")
                        .replaceAll("\"[^\"\\n]*\"", "\"\"")
                        .replaceAll("//.*", ""))
                .collect(Collectors.joining("\n"));
        Set<String> needed = names(TYPE, code);
        needed.removeIf(name -> !TYPES.containsKey(name) && OF_JAVA.stream().noneMatch(each -> isType(each, name)));
        needed.removeAll(names(DECLARED, code));
        return needed;
    }

    private static Set<String> names(Pattern pattern, String code) {
        return pattern.matcher(code)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isType(String inPackage, String name) {
        try {
            Class.forName(inPackage + "." + name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}

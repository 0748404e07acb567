package dev.guidon.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("The table of requirements")
class RequirementsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d[\\d.]+) \\| [^|]+ \\| ([^|]+) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    @DisplayName("names for each requirement a test that there is")
    void namesTests() throws Exception {
        Map<String, String> rows = rows();

        assertThat(rows).hasSizeGreaterThan(30);
        for (Map.Entry<String, String> row : rows.entrySet()) {
            Matcher test = TEST.matcher(row.getValue());
            int tests = 0;
            while (test.find()) {
                assertThat(isTest(test.group(1), test.group(2)))
                        .as(row.getKey() + " " + test.group())
                        .isTrue();
                tests++;
            }
            assertThat(tests).as(row.getKey()).isPositive();
        }
    }

    @Test
    @DisplayName("has every requirement that the specification makes of providers")
    void isComplete() throws IOException {
        List<String> required = new ArrayList<>();
        collect(
                new JsonMapper()
                        .readTree(Files.readString(Conformance.file("specification.json")))
                        .get("rules"),
                required);

        assertThat(required).hasSizeGreaterThan(25);
        assertThat(rows().keySet()).containsAll(required);
    }

    /** Of section 2, what is a requirement: conditions alone are none, unless they say what may be done. */
    private static void collect(JsonNode rules, List<String> required) {
        for (JsonNode rule : rules) {
            String id = rule.get("id").asString().replaceAll(".* ", "");
            if (id.startsWith("2.") && rule.path("RFC 2119 keyword").isString()) {
                required.add(id);
            }
            collect(rule.path("children"), required);
        }
    }

    private static boolean isTest(String type, String method) throws ClassNotFoundException {
        String folder = type.equals("GherkinTest") ? "dev.guidon.openfeature.gherkin." : "dev.guidon.openfeature.";
        return Arrays.stream(Class.forName(folder + type).getDeclaredMethods())
                .filter(found -> found.getName().equals(method))
                .anyMatch(RequirementsTest::isTestable);
    }

    private static boolean isTestable(Method method) {
        return AnnotationSupport.isAnnotated(method, Testable.class);
    }

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("../docs/openfeature.md")));
        while (row.find()) {
            assertThat(rows.put(row.group(1), row.group(2))).as(row.group(1)).isNull();
        }
        return rows;
    }
}

package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

@DisplayName("The page on security")
class DocumentedDependenciesTest {

    private static final Set<String> BROUGHT = Set.of("", "compile", "runtime");
    /** Brought by core. */
    private static final Set<String> COMMON = Set.of("guidon-core", "jspecify", "slf4j-api");

    @Test
    @DisplayName("names everything that each module brings")
    void namesDependencies() throws Exception {
        Map<String, List<String>> brought = brought();
        List<List<String>> rows = Documentation.rows(Documentation.page("docs/security.md"), "module");

        assertThat(rows).hasSizeGreaterThan(4);
        for (List<String> row : rows) {
            List<String> artifacts = brought.get(row.get(0).replace("`", ""));
            assertThat(artifacts)
                    .as(row.get(0))
                    .isNotEmpty()
                    .allMatch(artifact -> row.get(1).contains(artifact)
                            || (COMMON.contains(artifact) && !row.get(0).contains("core")));
        }
    }

    /** The artifacts that users get with each module. */
    private static Map<String, List<String>> brought() throws Exception {
        Map<String, List<String>> brought = new HashMap<>();
        try (Stream<Path> folders = Files.list(Documentation.ROOT)) {
            for (Path pom : folders.map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::exists)
                    .toList()) {
                Element project = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(pom.toFile())
                        .getDocumentElement();
                brought.put(text(project, "artifactId"), dependencies(project));
            }
        }
        return brought;
    }

    private static List<String> dependencies(Element project) {
        List<String> artifacts = new ArrayList<>();
        for (Element all : children(project, "dependencies")) {
            for (Element dependency : children(all, "dependency")) {
                if (BROUGHT.contains(text(dependency, "scope"))
                        && text(dependency, "optional").isEmpty()) {
                    artifacts.add(text(dependency, "artifactId"));
                }
            }
        }
        return artifacts;
    }

    private static String text(Element parent, String name) {
        List<Element> children = children(parent, name);
        return children.isEmpty() ? "" : children.get(0).getTextContent().strip();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }
}

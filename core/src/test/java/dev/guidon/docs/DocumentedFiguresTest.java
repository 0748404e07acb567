package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The figures on the pages")
class DocumentedFiguresTest {

    private static final Pattern COMMAND = Pattern.compile("mvn .*-P(\\S+) .*-pl (\\S+) .*");

    static List<Path> pages() throws IOException {
        return Documentation.pages().stream()
                .filter(page -> page.toString().endsWith("-figures.md"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("say by which command they were measured, with a profile that the module has")
    void nameTheirCommand(Path page) throws IOException {
        Matcher command =
                COMMAND.matcher(Documentation.blocks(page, "sh").get(0).strip());

        assertThat(command.matches()).isTrue();
        assertThat(Files.readString(Documentation.page(command.group(2) + "/pom.xml")))
                .contains("<id>" + command.group(1) + "</id>");
    }

    @Test
    @DisplayName("stand in the README as on the page that it links to")
    void areTheSameInTheReadme() throws IOException {
        Path readme = Documentation.page("README.md");
        List<List<String>> figures = Documentation.rows(readme, "what");

        assertThat(figures).isNotEmpty();
        for (List<String> figure : figures) {
            String link = figure.get(2).replaceAll(".*\\((.*)\\)", "$1");
            String profile = figure.get(2).replaceAll(".*-P([^`]*)`.*", "$1");
            assertThat(Files.readString(readme.resolveSibling(link)))
                    .contains(figure.get(1))
                    .contains("-P" + profile + " ");
        }
    }
}

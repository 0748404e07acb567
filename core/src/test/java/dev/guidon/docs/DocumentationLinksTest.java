package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The links of the pages")
class DocumentationLinksTest {

    static List<Path> pages() throws IOException {
        return Documentation.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("lead to files that are there, and to headings in them")
    void leadSomewhere(Path page) throws IOException {
        for (String link : Documentation.links(page)) {
            Path target = target(page, link);
            assertThat(target).as(link).exists();
            if (link.contains("#")) {
                assertThat(Documentation.anchors(target)).as(link).contains(link.substring(link.indexOf('#') + 1));
            }
        }
    }

    @Test
    @DisplayName("lead from the README to every page")
    void reachEveryPage() throws IOException {
        Set<Path> reached = new LinkedHashSet<>();
        Deque<Path> next = new ArrayDeque<>(List.of(Documentation.page("README.md")));
        while (!next.isEmpty()) {
            Path page = next.pop();
            if (reached.add(page)) {
                Documentation.links(page).stream()
                        .map(link -> target(page, link))
                        .filter(target -> target.toString().endsWith(".md"))
                        .forEach(next::push);
            }
        }

        assertThat(reached).containsAll(Documentation.pages());
    }

    @Test
    @DisplayName("are found in prose and pictures, not in code; headings are named as GitHub names them")
    void areFound(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), """
                # A `flag`'s *life*, & more
                See [one](one.md#x), `[not](this.md)`, <img src="flow.svg"/> and [web](https://example.com).
                ```sh
                # no heading
                echo "[nor](that.md)"
                ```
                ## When [it](there.md) breaks
                ## When it breaks
                """);

        assertThat(Documentation.links(page)).containsExactly("one.md#x", "flow.svg", "there.md");
        assertThat(Documentation.anchors(page))
                .containsExactlyInAnyOrder("a-flags-life--more", "when-it-breaks", "when-it-breaks-1");
    }

    private static Path target(Path page, String link) {
        String file = link.replaceAll("#.*", "");
        return file.isEmpty() ? page : page.resolveSibling(file).normalize();
    }
}

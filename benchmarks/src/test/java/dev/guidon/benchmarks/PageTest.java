package dev.guidon.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.benchmarks.Result.Mode;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

@DisplayName("The page of results")
class PageTest {

    private static final Machine MACHINE = new Machine("2027-01-31", "mvn", "2 cores");

    @Test
    @DisplayName("says for each workload whether the goal is met, by the median of the pairs")
    void goals() {
        List<Result> results = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            // While round 1 was measured, the machine was ten times as slow.
            int slow = round == 1 ? 10 : 1;
            results.add(result(Contenders.BY_HAND, Workload.PLAIN, round, 2 * slow));
            results.add(result(Contenders.GUIDON, Workload.PLAIN, round, 10 * slow));
            results.add(result(Contenders.TOGGLZ, Workload.PLAIN, round, 42 * slow));
            results.add(result(Contenders.LAUNCHDARKLY, Workload.PLAIN, round, 90 * slow));
            results.add(result(Contenders.BY_HAND, Workload.HALF, round, 20 * slow));
            results.add(result(Contenders.GUIDON, Workload.HALF, round, 41 * slow));
            results.add(result(Contenders.TOGGLZ, Workload.HALF, round, 40 * slow));
        }

        String text = new Page(new Results(results), MACHINE, List.of()).text();

        assertThat(text)
                .contains("| plain boolean | 10.0 ns | 2.0 ns | Togglz: 42.0 ns | 4.2 | 10.5 ns | yes |")
                .contains(
                        "| 50/50 by user id | 41.0 ns | 20.0 ns | Togglz: 40.0 ns | 1.0 | 40.0 ns | no: Togglz is faster |");
    }

    @Test
    @DisplayName("says why something was not measured")
    void reasons() {
        String text = page(List.of(result(Contenders.TOGGLZ, Workload.PLAIN, 0, 20)));

        assertThat(text).contains("- Togglz: ").contains("four variants, 25 % each: features are on or off");
    }

    @Test
    @DisplayName("is written between the markers, and leaves the rest as it is")
    void betweenMarkers() {
        Page page = new Page(new Results(List.of()), MACHINE, List.of("figure"));

        String written = page.into("before\n" + Page.BEGIN + "\nold\n" + Page.END + "\nafter\n");

        assertThat(written)
                .startsWith("before\n")
                .endsWith(Page.END + "\nafter\n")
                .contains("figure")
                .doesNotContain("old");
        assertThatThrownBy(() -> page.into("without")).hasMessageContaining("markers");
    }

    @Test
    @DisplayName("has markers in the docs")
    void markersInDocs() throws Exception {
        Page page = new Page(new Results(List.of()), MACHINE, List.of());

        assertThat(page.into(Files.readString(Path.of("../docs/performance.md"))))
                .contains("2027-01-31");
    }

    @Test
    @DisplayName("has a chart with a bar for each figure")
    void chart() throws Exception {
        String svg = new Chart(new Results(List.of(
                        result(Contenders.GUIDON, Workload.PLAIN, 0, 8),
                        result(Contenders.TOGGLZ, Workload.PLAIN, 0, 21))))
                .svg();

        Element drawn = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
        assertThat(drawn.getElementsByTagName("rect").getLength()).isEqualTo(2);
        assertThat(svg).contains("21.0 ns").contains("prefers-color-scheme: dark");
    }

    private static String page(List<Result> results) {
        return new Page(new Results(results), MACHINE, List.of()).text();
    }

    private static Result result(Contenders contender, Workload workload, int round, double nanos) {
        return new Result(contender, workload, Mode.PREBUILT, round, nanos, 0);
    }
}

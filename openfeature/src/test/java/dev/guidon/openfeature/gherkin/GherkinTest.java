package dev.guidon.openfeature.gherkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;

import dev.guidon.definition.Definitions;
import dev.guidon.openfeature.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestTag;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

@DisplayName("The scenarios of the OpenFeature specification")
class GherkinTest {

    /** What does not apply to this provider, by its tag, and why not. */
    private static final String CACHED = "reason-codes-cached";

    private static final String WHY = "an answer from memory is never CACHED: its reason is that of the evaluation";

    @Test
    @DisplayName("that apply to a provider pass with flags in memory")
    void inMemory() throws IOException {
        pass(Backend.Memory::new);
    }

    @Test
    @DisplayName("that apply to a provider pass with flags in a real Redis")
    void inRedis() throws IOException {
        pass(Backend.Redis::new);
    }

    @Test
    @DisplayName("have expressions of two shapes, and any other is refused")
    void otherExpressions() {
        assertThat(SpecificationFlags.rule("email == 'a@b' ? 'on' : ''")
                        .path("serve")
                        .asString())
                .isEqualTo("on");
        assertThatThrownBy(() -> SpecificationFlags.rule("email != 'a@b' ? 'on' : ''"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SpecificationFlags.rule("customer && email == 'a@b' && age > 10 ? 'on' : ''"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @SuppressWarnings("SystemOut") // Tells what passed, and what does not apply.
    private static void pass(Function<Definitions, Backend> where) throws IOException {
        Path folder = Conformance.file("gherkin");
        Events scenarios;
        try (Backend backend = where.apply(SpecificationFlags.read(folder.resolve("test-flags.json")))) {
            World.use(backend);
            EngineTestKit.Builder engine = EngineTestKit.engine("cucumber")
                    .configurationParameter("cucumber.glue", "dev.guidon.openfeature.gherkin")
                    .configurationParameter("cucumber.filter.tags", "not @" + CACHED)
                    .configurationParameter("cucumber.publish.quiet", "true");
            for (Path feature : features(folder)) {
                engine.selectors(selectFile(feature.toFile()));
            }
            scenarios = engine.execute().testEvents();
            System.out.printf(
                    "OpenFeature scenarios with %s: %d passed, %d failed, %d not applicable%n",
                    backend,
                    scenarios.succeeded().count(),
                    scenarios.failed().count(),
                    scenarios.skipped().count());
            scenarios.skipped().stream()
                    .map(skipped -> skipped.getTestDescriptor().getDisplayName())
                    .forEach(name -> System.out.println("  not applicable: CACHED reason, " + name + ": " + WHY));
        }

        assertThat(scenarios.failed().stream().map(Event::toString)).isEmpty();
        assertThat(scenarios.aborted().count()).isZero();
        assertThat(scenarios.succeeded().count()).isEqualTo(130);
        assertThat(scenarios.skipped().stream())
                .hasSize(2)
                .allMatch(skipped -> skipped.getTestDescriptor().getTags().contains(TestTag.create(CACHED)));
    }

    private static List<Path> features(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".feature"))
                    .sorted()
                    .toList();
        }
    }
}

package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.guidon.definition.Definitions;
import dev.guidon.json.FlagFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder with the published test suites of other systems, from the system property {@code guidon.conformance}. A relative path
 * counts from this module or from the project.
 */
final class Conformance {

    private Conformance() {}

    /** A suite's folder; without the property the test is skipped, with a reason. */
    static Path suite(String name) {
        String folder = System.getProperty("guidon.conformance");
        if (folder == null) {
            System.out.println("conformance: " + name + " is skipped, since -Dguidon.conformance=<folder> is not set");
        }
        assumeTrue(folder != null, "the system property guidon.conformance is not set");
        Path path = Path.of(folder);
        Path suite = (path.isAbsolute() || Files.isDirectory(path)
                        ? path
                        : Path.of("..").resolve(path))
                .resolve(name);
        if (!Files.isDirectory(suite)) {
            throw new IllegalStateException(suite.toAbsolutePath() + " is no folder");
        }
        return suite;
    }

    /** Definitions as they were imported, and as they are after they were written and read in both notations. */
    static List<Definitions> everyWay(Definitions imported) {
        List<Definitions> read = List.of(
                imported,
                FlagFormat.parseJson(FlagFormat.writeJson(imported)),
                FlagFormat.parseYaml(FlagFormat.writeYaml(imported)));
        assertThat(read.get(1)).isEqualTo(imported);
        assertThat(read.get(2)).isEqualTo(imported);
        return read;
    }
}

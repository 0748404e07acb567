package dev.guidon.openfeature;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of the OpenFeature specification are, which are no part of this project. */
public final class Conformance {

    private static final String PROPERTY = "guidon.conformance";

    private Conformance() {}

    /**
     * Aborts a test where it is not said.
     *
     * @param file a file or folder of the specification
     * @return where it is
     */
    @SuppressWarnings("SystemOut") // Says why a test is skipped.
    public static Path file(String file) {
        String folder = System.getProperty(PROPERTY, "");
        if (folder.isEmpty()) {
            String reason =
                    "skipped: -D" + PROPERTY + " does not say where the files of the OpenFeature specification are";
            System.out.println(reason);
            return abort(reason);
        }
        Path found = Path.of("..")
                .toAbsolutePath()
                .resolve(folder)
                .resolve("openfeature-spec")
                .resolve(file);
        if (!Files.exists(found)) {
            throw new IllegalStateException(found + " is not there");
        }
        return found;
    }
}

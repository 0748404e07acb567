package dev.guidon.testkit;

import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document of flags that a test names. */
record FlagsFile(String name, URL place) {

    /** Finds a document. */
    static FlagsFile find(String name, Class<?> test) {
        URL place = test.getResource(name);
        if (place == null && !name.startsWith("/")) {
            place = test.getResource("/" + name);
        }
        Path file = Path.of(name);
        try {
            if (place == null && Files.isRegularFile(file)) {
                place = file.toUri().toURL();
            }
            if (place == null) {
                throw new IllegalArgumentException("@FlagsFrom: found \"" + name + "\", which is neither a resource at "
                        + test.getPackageName() + ", nor one at the root of the class path, nor the file "
                        + file.toAbsolutePath());
            }
            return new FlagsFile(name, place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Snapshot read() {
        try (InputStream in = place.openStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Snapshot.of(name.endsWith(".json") ? FlagFormat.parseJson(text) : FlagFormat.parseYaml(text));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("@FlagsFrom(\"" + name + "\"):\n" + refused.getMessage(), refused);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

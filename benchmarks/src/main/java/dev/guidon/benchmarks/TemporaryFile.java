package dev.guidon.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file for the systems that read their flags from one. */
final class TemporaryFile {

    private TemporaryFile() {}

    static Path of(String suffix, String text) {
        try {
            Path file = Files.createTempFile("guidon-benchmarks-", suffix);
            file.toFile().deleteOnExit();
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

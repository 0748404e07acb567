package dev.guidon.examples.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What is typed, or comes through a pipe. A silence that is too long is an end too. */
final class Lines {

    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final Duration longestSilence;

    Lines(InputStream in, Duration longestSilence) {
        this.longestSilence = longestSilence;
        Thread reader = new Thread(() -> read(in), "quickstart-input");
        reader.setDaemon(true);
        reader.start();
    }

    /** The next line; empty at the end. */
    Optional<String> next() throws InterruptedException {
        Optional<String> line = lines.poll(longestSilence.toMillis(), TimeUnit.MILLISECONDS);
        return line == null ? Optional.empty() : line;
    }

    private void read(InputStream in) {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lines.add(Optional.empty());
        }
    }
}

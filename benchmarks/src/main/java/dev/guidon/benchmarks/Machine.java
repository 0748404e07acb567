package dev.guidon.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Where and how it was measured. */
record Machine(String date, String command, String text) {

    static Machine here(String command) {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC).toString(),
                command,
                Runtime.getRuntime().availableProcessors() + " cores (" + processor() + "), "
                        + System.getProperty("os.name") + ", "
                        + System.getProperty("java.vm.name") + " " + Runtime.version());
    }

    private static String processor() {
        try {
            Path info = Path.of("/proc/cpuinfo");
            return Files.isReadable(info)
                    ? Files.readAllLines(info).stream()
                            .filter(line -> line.startsWith("model name"))
                            .map(line -> line.substring(line.indexOf(':') + 1).strip())
                            .findFirst()
                            .orElse(System.getProperty("os.arch"))
                    : System.getProperty("os.arch");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

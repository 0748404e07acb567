package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.json.FlagFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The program that imports flags")
class ImportTest {

    private static final String GOOD =
            "{\"flags\": {\"dark-mode\": {\"on\": true, \"variations\": [true, false], \"offVariation\": 1, \"fallthrough\": {\"variation\": 0}}}}";
    private static final String PARTLY_BAD =
            "{\"flags\": {\"a\": {\"on\": \"yes\", \"variations\": [true]}, \"b\": {\"variations\": [true], \"x\": 1, \"offVariation\": 0,"
                    + " \"fallthrough\": {\"variation\": 0}}}}";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path in;

    @BeforeEach
    void names() {
        in = folder.resolve("in.json");
    }

    @Test
    @DisplayName("writes YAML, reports, and ends with 0 if everything was imported")
    void all() throws IOException {
        Files.writeString(in, GOOD);

        int code = run("--from", "launchdarkly", "--in", in.toString(), "--out", folder + "/flags.yaml");

        assertThat(code).isZero();
        assertThat(text(out)).isEqualTo("""
                flag dark-mode: imported
                1 imported, 0 imported with a remark, 0 imported with a loss, 0 refused
                """);
        assertThat(text(err)).isEmpty();
        assertThat(FlagFormat.parseYaml(Files.readString(folder.resolve("flags.yaml"))))
                .isEqualTo(Importer.LAUNCHDARKLY.read(GOOD).definitions());
    }

    @Test
    @DisplayName("writes JSON if the name of the file says so, and nothing without a file")
    void json() throws IOException {
        Files.writeString(in, GOOD);

        assertThat(run("--in", in.toString(), "--from", "launchdarkly")).isZero();
        assertThat(folder).isDirectoryContaining("glob:**in.json").isDirectoryNotContaining("glob:**flags*");
        assertThat(run("--from", "launchdarkly", "--in", in.toString(), "--out", folder + "/flags.json"))
                .isZero();

        assertThat(FlagFormat.parseJson(Files.readString(folder.resolve("flags.json"))))
                .isEqualTo(Importer.LAUNCHDARKLY.read(GOOD).definitions());
    }

    @Test
    @DisplayName(
            "ends with 1 if something that is imported answers otherwise, and with 0 if there is only something to know")
    void lossy() throws IOException {
        String feature =
                "{\"features\": [{\"name\": \"a b\", \"enabled\": true, \"strategies\": [{\"name\": \"flexibleRollout\", \"parameters\": {\"rollout\": \"%d\"}}]}]}";
        Files.writeString(in, feature.formatted(50));
        assertThat(run("--from", "unleash", "--in", in.toString())).isEqualTo(1);
        assertThat(text(out)).contains("flag a b: imported with a loss", "1 imported with a loss, 0 refused");
        Files.writeString(in, feature.formatted(100));
        assertThat(run("--from", "unleash", "--in", in.toString())).isZero();
        assertThat(text(out)).contains("flag a b: imported with a remark");
    }

    @Test
    @DisplayName("takes one environment of several, and segments from a second file")
    void environmentAndSegments() throws IOException {
        Files.writeString(in, """
                {"features": [{"name": "tea"}], "featureStrategies": [{"name": "default", "featureName": "tea", "segments": [1]}],
                 "featureEnvironments": [{"featureName": "tea", "environment": "dev", "enabled": true},
                                         {"featureName": "tea", "environment": "prod", "enabled": false}],
                 "segments": [{"id": 1, "name": "all"}]}
                """);
        Path segments = Files.writeString(
                folder.resolve("segments.json"),
                "{\"segments\": [{\"id\": 1, \"name\": \"all\", \"constraints\": []}]}");

        assertThat(run("--from", "unleash", "--in", in.toString())).isEqualTo(1);
        assertThat(text(out)).contains("allowed: one of dev, prod");
        assertThat(run(
                        "--from",
                        "unleash",
                        "--in",
                        in.toString(),
                        "--in",
                        segments.toString(),
                        "--environment",
                        "prod"))
                .isZero();
    }

    @Test
    @DisplayName(
            "ends with 1 if something was refused, names flag, field, what was found and what is allowed, and writes the rest")
    void some() throws IOException {
        Files.writeString(in, PARTLY_BAD);

        int code = run("--from", "launchdarkly", "--in", in.toString(), "--out", folder + "/flags.yaml");

        assertThat(code).isEqualTo(1);
        assertThat(text(out))
                .contains("flag a: refused\n  flags.a.on: found \"yes\"; allowed: true or false\n")
                .contains("flag b: imported with a loss\n  flags.b.x: is not known here and was left out\n")
                .endsWith("0 imported, 0 imported with a remark, 1 imported with a loss, 1 refused\n");
        assertThat(FlagFormat.parseYaml(Files.readString(folder.resolve("flags.yaml")))
                        .flags())
                .containsOnlyKeys("b");
    }

    @Test
    @DisplayName("ends with 2 for what is not JSON, not UTF-8 or not there, and writes nothing")
    void unreadable() throws IOException {
        String out = folder + "/flags.yaml";
        assertThat(run("--from", "unleash", "--in", in.toString(), "--out", out))
                .isEqualTo(2);
        assertThat(text(err)).contains("cannot be read or written").contains("in.json");
        Files.writeString(in, "{\"flags\": {");
        assertThat(run("--from", "launchdarkly", "--in", in.toString(), "--out", out))
                .isEqualTo(2);
        assertThat(text(this.out))
                .contains("export: refused")
                .contains("line 1, column 12")
                .contains("allowed: JSON");
        Files.write(in, new byte[] {'"', (byte) 0xFF, '"'});
        assertThat(run("--from", "launchdarkly", "--in", in.toString(), "--out", out))
                .isEqualTo(2);
        assertThat(text(err)).contains("not UTF-8");
        assertThat(folder).isDirectoryNotContaining("glob:**flags.yaml");
        Files.writeString(in, GOOD);
        assertThat(run("--from", "launchdarkly", "--in", in.toString(), "--out", folder + "/no/flags.yaml"))
                .isEqualTo(2);
    }

    @Test
    @DisplayName(
            "leaves the file as it was if all is refused, and else replaces it whole, beside a reader of the old one")
    void replaced() throws IOException {
        Path flags = Files.writeString(folder.resolve("flags.yaml"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), flags);
        FileTime before = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));
        Files.setLastModifiedTime(flags, before);
        Object inode = Files.readAttributes(flags, BasicFileAttributes.class).fileKey();

        Files.writeString(in, "{\"toggles\": []}");
        for (Importer importer : Importer.values()) {
            assertThat(run("--from", importer.toString(), "--in", in.toString(), "--out", flags.toString()))
                    .isEqualTo(1);
        }
        assertThat(flags).hasContent("old");
        assertThat(Files.getLastModifiedTime(flags)).isEqualTo(before);
        assertThat(Files.readAttributes(flags, BasicFileAttributes.class).fileKey())
                .isEqualTo(inode);

        Files.writeString(in, GOOD);
        try (InputStream old = Files.newInputStream(flags)) {
            assertThat(run("--from", "launchdarkly", "--in", in.toString(), "--out", link.toString()))
                    .isZero();
            assertThat(old.readAllBytes()).asString().isEqualTo("old");
        }
        assertThat(flags).content().contains("dark-mode");
        assertThat(link).isSymbolicLink();
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    @DisplayName("reads neither devices nor pipes nor folders, and nothing above 256 MiB")
    void bounded() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        try (RandomAccessFile sparse = new RandomAccessFile(in.toFile(), "rw")) {
            sparse.setLength(256L * 1024 * 1024 + 1);
        }
        for (Path path : List.of(pipe, Path.of("/dev/zero"), folder, in)) {
            assertThat(run("--from", "flagd", "--in", path.toString())).isEqualTo(2);
        }
        assertThat(text(err).lines().filter(line -> line.startsWith("--in")))
                .containsExactly(
                        "--in: found " + pipe + ", a pipe or a device; allowed: a regular file of at most 256 MiB",
                        "--in: found /dev/zero, a pipe or a device; allowed: a regular file of at most 256 MiB",
                        "--in: found " + folder + ", a directory; allowed: a regular file of at most 256 MiB",
                        "--in: found " + in + " with 268435457 bytes; allowed: a regular file of at most 256 MiB");
    }

    @Test
    @DisplayName("ends with 2 and says what is allowed when it is called wrongly")
    void usage() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--from", "togglz", "--in", "x")).isEqualTo(2);
        assertThat(run("--from", "launchdarkly")).isEqualTo(2);
        assertThat(run("--from", "launchdarkly", "--in")).isEqualTo(2);
        assertThat(run("--from", "launchdarkly", "--from", "launchdarkly")).isEqualTo(2);
        assertThat(run("--to", "x")).isEqualTo(2);
        assertThat(run("--from", "launchdarkly", "--in", "\0")).isEqualTo(2);
        assertThat(text(err).lines())
                .containsExactly(
                        "--from: found nothing; allowed: launchdarkly, unleash, ufc, flagd",
                        "--help tells more",
                        "--from: found togglz; allowed: launchdarkly, unleash, ufc, flagd",
                        "--help tells more",
                        "--in: found nothing; allowed: a file",
                        "--help tells more",
                        "--in: allowed: once, and one value after it",
                        "--help tells more",
                        "--from: allowed: once, and one value after it",
                        "--help tells more",
                        "found --to; allowed: --from, --in, --environment, --out",
                        "--help tells more",
                        "found \\u0000; allowed: a path of a file");
        assertThat(text(out)).isEmpty();
    }

    @Test
    @DisplayName("explains itself")
    void help() {
        assertThat(run("--help")).isZero();
        assertThat(text(out))
                .contains("--from")
                .contains("launchdarkly, unleash, ufc, flagd")
                .contains("Ends with 0");
    }

    private int run(String... args) {
        return Import.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}

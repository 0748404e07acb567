package dev.guidon.store;

import dev.guidon.definition.About;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of its own that counts up in a flag's description by compare-and-set. For each commit that was acknowledged it prints
 * the change set's id and the number that it wrote.
 */
final class CommittingProcess implements AutoCloseable {

    private static final DefinitionKey COUNTER = DefinitionKey.flag("counter");

    private final Process process;
    private final BufferedReader lines;

    private CommittingProcess(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one that makes some commits, after a shell command for its process. */
    static CommittingProcess start(Path file, int commits, String shell) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                "bash",
                "-c",
                shell + " exec \"$0\" \"$@\"",
                java,
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                CommittingProcess.class.getName(),
                file.toString(),
                Integer.toString(commits));
        try {
            return new CommittingProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CommittingProcess start(Path file, int commits) {
        return start(file, commits, "");
    }

    /** The next lines that it prints, fewer if it ends. */
    List<String> next(int count) {
        List<String> read = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                String line = lines.readLine();
                if (line == null) {
                    break;
                }
                read.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    /** Kills it with a signal that it cannot catch, and waits until it is gone. */
    void kill() {
        // The handle, because Process.destroyForcibly closes what can still be read.
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    static int counted(FlagStore store) {
        return store.load()
                .flag("counter")
                .map(flag -> Integer.valueOf(flag.about().description()))
                .orElse(0);
    }

    static CommittedChange countUp(FlagStore store) {
        while (true) {
            try {
                Versioned now = store.load().get(COUNTER);
                int next = now == null
                        ? 1
                        : Integer.parseInt(((Flag) now.definition()).about().description()) + 1;
                Flag flag = Flag.bool("counter", true)
                        .withAbout(new About(Integer.toString(next), null, null, List.of(), null));
                return store.commit(ChangeSet.of(
                        "process-" + ProcessHandle.current().pid(),
                        null,
                        List.of(new Change.Put(flag, now == null ? Version.NONE : now.version()))));
            } catch (VersionConflictException e) {
                // Somebody else was faster.
            }
        }
    }

    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]);
        try (FileFlagStore store =
                FileFlagStore.builder(file).pollInterval(Duration.ofMillis(5)).open()) {
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                CommittedChange commit = countUp(store);
                Flag flag = (Flag) commit.edits().get(0).after().definition();
                System.out.println(
                        commit.revision().changeSet() + " " + flag.about().description());
            }
        } catch (FlagStoreException e) {
            System.out.println("failed " + e.getMessage());
        }
    }
}

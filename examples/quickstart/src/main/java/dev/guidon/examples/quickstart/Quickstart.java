package dev.guidon.examples.quickstart;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.store.FileFlagStore;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * Shows in one go what Guidon does: flags in a file, evaluated for 10,000 users, changing while the program runs.
 *
 * <p>To learn the API, read {@link Basics} first, then {@link Study}, {@link Changes} and {@link Prompt}.
 */
final class Quickstart {

    private Quickstart() {}

    /** Starts from the flag file that is named, or from the one in the repository. */
    public static void main(String[] args) throws InterruptedException {
        try {
            Path file = copyOf(Path.of(args.length > 0 ? args[0] : "examples/quickstart/flags.yaml"));
            run(file, System.in, isTerminal(), System.out);
        } catch (IOException | FlagStoreException failure) {
            System.err.println("The quickstart cannot start: " + failure.getMessage());
            System.exit(1);
        }
    }

    static void run(Path file, InputStream in, boolean terminal, PrintStream out) throws InterruptedException {
        try (FlagStore store = FileFlagStore.builder(file)
                        .pollInterval(Duration.ofMillis(100))
                        .open();
                FeatureFlags flags = FeatureFlags.of(store)) {

            FlagEditor editor = FlagEditor.of(store, "you@quickstart");
            Users users = Users.generate(10_000);
            Screen screen = new Screen(out, terminal);

            screen.print("Flags are read from " + file.toAbsolutePath() + "\n");
            new Basics(flags, editor, screen).play();
            screen.print(new Study(flags.snapshot(), users).expectedAndSeen());

            screen.print(Prompt.HELP);

            Changes changes = new Changes(flags, users, screen);
            flags.addListener(changes);
            new Prompt(flags, editor, users, changes, screen).open(lines(in, terminal, screen));
        }
    }

    /** A copy to play with, so that the file in the repository keeps its comments. */
    private static Path copyOf(Path original) throws IOException {
        if (!Files.isRegularFile(original)) {
            throw new NoSuchFileException(original.toString(), null, "there is no such file");
        }
        Path copy = original.toAbsolutePath().resolveSibling("target").resolve(original.getFileName());
        Files.createDirectories(copy.getParent());
        return Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Without a terminal nobody may be there, and the program must not wait for ever. */
    private static Lines lines(InputStream in, boolean terminal, Screen screen) {
        if (terminal) {
            return new Lines(in, Duration.ofDays(1));
        }
        screen.print("There is no terminal: the input's end, or half a minute of silence, is the end.\n");
        return new Lines(in, Duration.ofSeconds(30));
    }

    @SuppressWarnings("SystemConsoleNull") // it does up to Java 21
    private static boolean isTerminal() {
        Console console = System.console();
        try {
            // From Java 22 on there may be a console without a terminal, and this method to tell.
            return console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }
}

package dev.guidon.migrate;

import dev.guidon.definition.Shown;
import dev.guidon.json.FlagFormat;
import dev.guidon.migrate.Finding.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A program that imports flags from another system and tells what became of each. */
public final class Import {

    private static final String USAGE = """
            Imports feature flags from another system, keeping every user in their bucket.

              --from SYSTEM  one of %s
              --in FILE      its export, JSON, for flagd also YAML; again for further files of it
              --environment NAME  which environment, if the export has several
              --out FILE     the flags, as JSON if the name ends with .json, else as YAML; without it only the report is made

            Ends with 0 if everything was imported and answers as before, 1 if something was refused or lost, which the report
            names, 2 if it was called wrongly, or a file cannot be read or written, or is neither JSON nor, for flagd, YAML.
            """.formatted(names());

    private static final List<String> OPTIONS = List.of("--from", "--in", "--environment", "--out");

    private static final int ALL = 0;
    private static final int SOME_LOST = 1;
    private static final int NOT_DONE = 2;

    private Import() {}

    /**
     * Runs the program and ends the process.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    /** Runs the program and gives the exit code. */
    static int run(String[] args, PrintStream out, PrintStream err) {
        if (List.of(args).contains("--help")) {
            out.print(USAGE);
            return ALL;
        }
        try {
            Map<String, List<String>> options = options(args);
            Importer importer = importer(only(options, "--from"));
            List<String> in = options.getOrDefault("--in", List.of());
            if (in.isEmpty()) {
                throw new IllegalArgumentException("--in: found nothing; allowed: a file");
            }
            List<String> texts = new ArrayList<>();
            for (String file : in) {
                texts.add(ImportFiles.read(Path.of(file)));
            }
            return run(importer.read(texts, only(options, "--environment")), only(options, "--out"), out);
        } catch (CharacterCodingException e) {
            err.println("--in: found bytes that are not UTF-8; allowed: JSON in UTF-8");
        } catch (IOException e) {
            err.println("the file cannot be read or written: " + Shown.message(e.toString()));
        } catch (InvalidPathException e) {
            err.println("found " + Shown.part(e.getInput()) + "; allowed: a path of a file");
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println("--help tells more");
        }
        return NOT_DONE;
    }

    private static int run(Imported imported, @Nullable String out, PrintStream report) throws IOException {
        report.print(imported.report());
        if (!imported.readable()) {
            return NOT_DONE;
        }
        boolean nothing = imported.definitions().flags().isEmpty()
                && imported.definitions().segments().isEmpty()
                && imported.count(Outcome.REFUSED) > 0;
        if (out != null && !nothing) {
            String text = out.endsWith(".json")
                    ? FlagFormat.writeJson(imported.definitions())
                    : FlagFormat.writeYaml(imported.definitions());
            ImportFiles.replace(Path.of(out), text);
        }
        return imported.count(Outcome.REFUSED) + imported.count(Outcome.LOSSY) == 0 ? ALL : SOME_LOST;
    }

    private static Map<String, List<String>> options(String[] args) {
        Map<String, List<String>> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i])) {
                throw new IllegalArgumentException(
                        "found " + Shown.part(args[i]) + "; allowed: " + String.join(", ", OPTIONS));
            }
            List<String> values = options.computeIfAbsent(args[i], none -> new ArrayList<>());
            if (i + 1 == args.length || (!values.isEmpty() && !args[i].equals("--in"))) {
                throw new IllegalArgumentException(Shown.part(args[i]) + ": allowed: once, and one value after it");
            }
            values.add(args[i + 1]);
        }
        return options;
    }

    private static @Nullable String only(Map<String, List<String>> options, String name) {
        List<String> values = options.get(name);
        return values == null ? null : values.get(0);
    }

    private static Importer importer(@Nullable String name) {
        return Arrays.stream(Importer.values())
                .filter(importer -> importer.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--from: found " + (name == null ? "nothing" : Shown.part(name)) + "; allowed: " + names()));
    }

    private static String names() {
        return Arrays.stream(Importer.values()).map(Importer::toString).collect(Collectors.joining(", "));
    }
}

package dev.guidon;

import dev.guidon.store.FileFlagStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process of its own that follows a flag file, with as little memory as it is given, and answers questions about it. */
final class AskedProcess implements AutoCloseable {

    private static final String STATUS = "status";

    private final Process process;
    private final PrintStream questions;
    private final BufferedReader answers;

    private AskedProcess(Process process) {
        this.process = process;
        this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one, with options for its virtual machine and a file for what it logs. */
    static AskedProcess start(Path flags, Path log, List<String> options) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, AskedProcess.class.getName(), flags.toString()));
        return new AskedProcess(
                new ProcessBuilder(command).redirectError(log.toFile()).start());
    }

    /** Asks whether a flag is on for everybody. */
    String ask(String flag) throws IOException {
        questions.println(flag);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the process has ended");
        }
        return answer;
    }

    /** The state, its problem, and the definitions that cannot be evaluated. */
    String status() throws IOException {
        return ask(STATUS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (FileFlagStore store = FileFlagStore.builder(Path.of(arguments[0]))
                        .readOnly(true)
                        .pollInterval(Duration.ofMillis(10))
                        .open();
                FeatureFlags flags = FeatureFlags.of(store)) {
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                out.println(answer(flags, question));
            }
        }
    }

    private static String answer(FeatureFlags flags, String question) {
        try {
            return question.equals(STATUS)
                    ? flags.status().state() + " " + flags.status().problem() + " "
                            + flags.snapshot().problems().keySet()
                    : String.valueOf(flags.isEnabled(question));
        } catch (OutOfMemoryError e) {
            return "no memory";
        }
    }
}

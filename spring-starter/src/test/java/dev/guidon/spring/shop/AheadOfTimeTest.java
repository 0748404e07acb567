package dev.guidon.spring.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.ClientStatus;
import dev.guidon.audit.RelayStatus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.core.io.support.SpringFactoriesLoader;

@DisplayName("Ahead of time")
class AheadOfTimeTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("an application is processed, compiled, and runs with what was generated")
    void application() throws IOException, InterruptedException {
        Path sources = folder.resolve("sources");
        Path resources = folder.resolve("resources");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        String classPath = System.getProperty("java.class.path");

        String processed = java(
                classPath,
                SpringApplicationAotProcessor.class.getName(),
                ShopApplication.class.getName(),
                sources.toString(),
                resources.toString(),
                classes.toString(),
                "dev.guidon",
                "shop");

        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", classes + File.pathSeparator + classPath));
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(arguments::add);
        }
        assertThat(arguments).as(processed).anyMatch(file -> file.contains("GuidonAutoConfiguration__BeanDefinitions"));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();

        String output = java(
                String.join(File.pathSeparator, classes.toString(), resources.toString(), classPath),
                "-Dspring.aot.enabled=true",
                ShopApplication.class.getName());
        assertThat(output).contains("AOT-processed", "dark-mode=true");
    }

    @Test
    @DisplayName("a native image is told of the script of the Redis store and of what the endpoint shows")
    void hints() {
        RuntimeHints hints = new RuntimeHints();
        ClassLoader classLoader = getClass().getClassLoader();

        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories", classLoader)
                .load(RuntimeHintsRegistrar.class)
                .stream()
                .filter(registrar -> registrar.getClass().getName().startsWith("dev.guidon"))
                .forEach(registrar -> registrar.registerHints(hints, classLoader));

        assertThat(RuntimeHintsPredicates.resource().forResource("dev/guidon/redis/commit.lua"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(ClientStatus.class, "state"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(RelayStatus.class, "position"))
                .accepts(hints);
        assertThat(classLoader.getResource("dev/guidon/redis/commit.lua")).isNotNull();
    }

    /** Runs a program in a process of its own, and gives what it has printed. */
    private String java(String classPath, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "output", ".txt");
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        String text = Files.readString(output);
        assertThat(exit).as(text).isZero();
        return text;
    }
}

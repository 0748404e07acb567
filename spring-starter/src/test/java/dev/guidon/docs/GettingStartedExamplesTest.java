package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.spring.autoconfigure.GuidonAutoConfiguration;
import dev.guidon.spring.autoconfigure.GuidonStoreAutoConfiguration;
import dev.guidon.store.FileFlagStore;
import dev.guidon.store.FlagStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@DisplayName("The first steps with Spring Boot")
class GettingStartedExamplesTest {

    @Test
    @DisplayName("give a controller the flags of the file that the properties name")
    void servesFromFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("flags.yaml"), block("yaml"));
        String[] properties =
                block("properties").replace("flags.yaml", file.toString()).split("\\R");

        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(GuidonStoreAutoConfiguration.class, GuidonAutoConfiguration.class))
                .withBean(CheckoutController.class)
                .withPropertyValues(properties)
                .run(context -> {
                    assertThat(context).hasSingleBean(FeatureFlags.class);
                    FlagStore store = context.getBean(FlagStore.class);
                    assertThat(store).isInstanceOf(FileFlagStore.class);
                    assertThat(store.namespace()).isEqualTo("production");
                    CheckoutController controller = context.getBean(CheckoutController.class);
                    List<String> answers = IntStream.range(0, 100)
                            .mapToObj(user -> controller.checkout("user-" + user))
                            .toList();
                    assertThat(answers).contains("new", "old");
                });
    }

    private static String block(String language) throws Exception {
        Matcher block = Pattern.compile("(?ms)^```" + language + "\\R(.*?)^```").matcher(Files.readString(page()));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    /** The page, also for the module further down that runs these tests on another version of Boot. */
    private static Path page() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/getting-started.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/getting-started.md");
    }
}

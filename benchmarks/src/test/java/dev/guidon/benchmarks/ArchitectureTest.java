package dev.guidon.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The architecture of the benchmarks")
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.guidon.benchmarks");

    @ParameterizedTest(name = "{0} is used by {1} only")
    @CsvSource({
        "com.launchdarkly.., LaunchDarkly",
        "io.getunleash.., UnleashContender",
        "org.togglz.., TogglzContender",
        "org.ff4j.., Ff4jContender",
        "com.configcat.., ConfigCat",
        "io.split.., Split",
        "dev.openfeature.contrib.., Flagd",
        "io.lettuce.., RedisPerCall"
    })
    @DisplayName("keeps each library in one class, so that a process that measures another one does not load it:")
    void oneClass(String library, String type) {
        assertThat(CLASSES).hasSizeGreaterThan(20);
        only(library, type).check(CLASSES);
    }

    @Test
    @DisplayName("is seen to be broken by a second class")
    void seenToFail() {
        assertThatThrownBy(() -> only("org.togglz..", "Other").check(CLASSES)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("is null-marked")
    void nullMarked() {
        assertThat(Contender.class.getPackage().isAnnotationPresent(NullMarked.class))
                .isTrue();
    }

    private static ArchRule only(String library, String type) {
        return noClasses()
                .that()
                .haveNameNotMatching("dev\\.guidon\\.benchmarks\\." + type + "(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}

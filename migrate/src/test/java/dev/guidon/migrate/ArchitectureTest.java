package dev.guidon.migrate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The architecture of the importers")
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.guidon.migrate");

    private static final ArchRule LAYER = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "org.jspecify..",
                    "tools.jackson.core..",
                    "dev.guidon.definition",
                    "dev.guidon.json",
                    "dev.guidon.evaluation",
                    "dev.guidon.migrate");

    @Test
    @DisplayName("depends on core, on Jackson, and on no other module")
    void dependencies() {
        assertThat(CLASSES).hasSizeGreaterThan(8);
        LAYER.check(CLASSES);
    }

    @Test
    @DisplayName("is seen to be broken by a class that depends on something else")
    void seenToFail() {
        JavaClasses broken = new ClassFileImporter().importClasses(ArchitectureTest.class);

        assertThatThrownBy(() -> LAYER.check(broken)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("reads text with Jackson in one place")
    void jacksonInOnePlace() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.ExportText(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(CLASSES);
    }

    @Test
    @DisplayName("shows users a program, a library call and its result, and hides the rest")
    void publicTypes() {
        assertThat(CLASSES.stream().filter(ArchitectureTest::isVisible).map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder("Import", "Importer", "Imported", "Finding", "Outcome");
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
    }

    @Test
    @DisplayName("is null-marked")
    void nullMarked() {
        assertThat(Importer.class.getPackage().isAnnotationPresent(NullMarked.class))
                .isTrue();
    }
}

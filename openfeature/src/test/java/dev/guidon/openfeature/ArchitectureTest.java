package dev.guidon.openfeature;

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

@DisplayName("The architecture of the provider")
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.guidon.openfeature");

    private static final ArchRule ADAPTER = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "dev.openfeature.sdk",
                    "dev.openfeature.sdk.exceptions",
                    "dev.guidon",
                    "dev.guidon.definition",
                    "dev.guidon.evaluation",
                    "dev.guidon.guard",
                    "dev.guidon.openfeature");

    @Test
    @DisplayName("depends on core and on OpenFeature's SDK, and on no other module")
    void dependencies() {
        assertThat(CLASSES).hasSizeGreaterThan(8);
        ADAPTER.check(CLASSES);
    }

    @Test
    @DisplayName("is seen to be broken by a class that depends on something else")
    void seenToFail() {
        JavaClasses broken = new ClassFileImporter().importClasses(CutStore.class);

        assertThatThrownBy(() -> ADAPTER.check(broken)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("shows users the provider and its builder, and hides the rest")
    void publicTypes() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder("GuidonProvider", "Builder");
    }

    @Test
    @DisplayName("is null-marked")
    void nullMarked() {
        assertThat(GuidonProvider.class.getPackage().isAnnotationPresent(NullMarked.class))
                .isTrue();
    }
}

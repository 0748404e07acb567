package dev.guidon.redis;

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

@DisplayName("The architecture of the Redis store")
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.guidon.redis");

    private static final ArchRule ADAPTER = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "io.lettuce..",
                    "io.netty.util.concurrent",
                    "com.github.benmanes.caffeine..",
                    "io.micrometer.core.instrument..",
                    "dev.guidon",
                    "dev.guidon.definition",
                    "dev.guidon.evaluation",
                    "dev.guidon.guard",
                    "dev.guidon.json",
                    "dev.guidon.store",
                    "dev.guidon.redis");

    @Test
    @DisplayName("depends on core, Lettuce and Caffeine, and on no other module")
    void dependencies() {
        assertThat(CLASSES).hasSizeGreaterThan(20);
        ADAPTER.check(CLASSES);
    }

    @Test
    @DisplayName("needs Micrometer in one class only")
    void micrometer() {
        noClasses()
                .that()
                .doNotHaveSimpleName("RedisFlagStoreMetrics")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(CLASSES);
    }

    @Test
    @DisplayName("is seen to be broken by a class that depends on something else")
    void seenToFail() {
        JavaClasses broken = new ClassFileImporter().importClasses(RedisTest.class);

        assertThatThrownBy(() -> ADAPTER.check(broken)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("shows users six types and a program, and hides the rest")
    void publicTypes() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> type.getEnclosingClass().isEmpty())
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "RedisFlagStore",
                        "RedisFlagStoreMetrics",
                        "ExternalSegments",
                        "LogLimit",
                        "MemberCaching",
                        "RedisRepair",
                        "UnderReplicatedException");
    }

    @Test
    @DisplayName("is null-marked")
    void nullMarked() {
        assertThat(RedisFlagStore.class.getPackage().isAnnotationPresent(NullMarked.class))
                .isTrue();
    }

    @Test
    @DisplayName("writes to no standard stream but in its program, and holds no monitor")
    void streamsAndMonitors() {
        noClasses()
                .that()
                .doNotHaveSimpleName("RedisRepair")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
        assertThat(CLASSES.stream().flatMap(type -> type.getMethods().stream()))
                .noneMatch(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED));
    }
}

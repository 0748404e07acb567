package dev.guidon.audit;

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

@DisplayName("The architecture of the audit trail")
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.guidon.audit");

    private static final ArchRule ADAPTER = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "org.apache.kafka.clients..",
                    "org.apache.kafka.common..",
                    "io.micrometer.core.instrument..",
                    "dev.guidon.definition",
                    "dev.guidon.guard",
                    "dev.guidon.json",
                    "dev.guidon.store",
                    "dev.guidon.audit");

    @Test
    @DisplayName("depends on core's store and format and on Kafka's clients, and on no other module or framework")
    void dependencies() {
        assertThat(CLASSES).hasSizeGreaterThan(20);
        ADAPTER.check(CLASSES);
    }

    @Test
    @DisplayName("needs Micrometer in one class only")
    void micrometer() {
        noClasses()
                .that()
                .doNotHaveSimpleName("AuditRelayMetrics")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(CLASSES);
    }

    @Test
    @DisplayName("is seen to be broken by a class that depends on something else")
    void seenToFail() {
        JavaClasses broken = new ClassFileImporter().importClasses(CloudEventsTest.class);

        assertThatThrownBy(() -> ADAPTER.check(broken)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("shows users eleven types, and hides the rest")
    void publicTypes() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> type.getEnclosingClass().isEmpty())
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "AuditRelay",
                        "AuditRelayMetrics",
                        "AuditReport",
                        "AuditTool",
                        "AuditTopic",
                        "AuditVerifier",
                        "ChangeType",
                        "FlagChangeDeserializer",
                        "FlagChangeEvent",
                        "FlagHistory",
                        "RelayStatus");
    }

    @Test
    @DisplayName("is null-marked")
    void nullMarked() {
        assertThat(AuditRelay.class.getPackage().isAnnotationPresent(NullMarked.class))
                .isTrue();
    }

    @Test
    @DisplayName("writes to no standard stream but in the tool, and holds no monitor")
    void streamsAndMonitors() {
        noClasses()
                .that()
                .doNotHaveSimpleName("AuditTool")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
        assertThat(CLASSES.stream().flatMap(type -> type.getMethods().stream()))
                .noneMatch(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED));
    }
}

package dev.guidon.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.guidon.spring.autoconfigure.GuidonAutoConfiguration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.webflux.test.autoconfigure.AutoConfigureWebFlux;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureWebMvc;
import org.springframework.util.ClassUtils;

@DisplayName("The architecture of the starter")
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(GuidonAutoConfiguration.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());

    @ParameterizedTest(name = "{0}")
    @DisplayName("lets only these classes see what an application need not have:")
    @CsvSource(delimiter = ';', textBlock = """
                    dev.guidon.redis..                      ; .*(Redis|Metrics)[^.]*
                    io.lettuce..                            ; .*RedisLocation
                    org.springframework.boot.data..         ; .*Redis(Location|StoreConfiguration.*)
                    dev.guidon.audit..                      ; .*(Audit|Metrics|Endpoint)[^.]*
                    org.springframework.boot.kafka..        ; .*(KafkaLocation|AuditConfiguration.*)
                    dev.guidon.metrics..                    ; .*GuidonMetricsAutoConfiguration.*
                    dev.guidon.openfeature..                ; .*OpenFeature[^.]*
                    dev.openfeature..                       ; .*OpenFeature[^.]*
                    io.micrometer.core..                    ; .*GuidonMetricsAutoConfiguration.*
                    org.springframework.boot.health..       ; .*(Health)[^.]*
                    org.springframework.boot.actuate..      ; .*(Endpoint[^.]*|actuate\\.Json)
                    org.springframework.web..               ; .*(\\.web\\.[^.]*|GuidonWeb[^.]*|GuidonContext[^.]*)
                    reactor..                               ; .*(\\.web\\.[^.]*|GatedPublisher[^.]*|GuidonWebFlux[^.]*)
                    dev.guidon.testkit..                    ; .*spring\\.test\\..*
                    org.springframework.test..              ; .*spring\\.test\\..*
                    """)
    void isolation(String optional, String allowed) {
        ArchRule rule = isolated(optional, allowed);

        rule.check(CLASSES);
        assertThatThrownBy(() -> isolated(optional, "nobody").check(CLASSES)).isInstanceOf(AssertionError.class);
    }

    private static ArchRule isolated(String optional, String allowed) {
        return noClasses()
                .that()
                .haveNameNotMatching(allowed.strip())
                .should()
                .dependOnClassesThat()
                .resideInAPackage(optional.strip());
    }

    @Test
    @DisplayName("lists all auto-configurations, which are public and final, and finds nothing by scanning")
    void autoConfigurations() {
        List<String> listed = listed(AutoConfiguration.class);

        Set<JavaClass> annotated = CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(AutoConfiguration.class))
                .filter(type -> !type.getSimpleName().contains("Slice"))
                .collect(Collectors.toSet());
        assertThat(annotated)
                .hasSizeGreaterThan(5)
                .extracting(JavaClass::getName)
                .containsExactlyInAnyOrderElementsOf(listed);
        assertThat(annotated)
                .allMatch(type -> type.getModifiers().containsAll(Set.of(JavaModifier.PUBLIC, JavaModifier.FINAL)));
        noClasses()
                .should()
                .beAnnotatedWith("org.springframework.context.annotation.ComponentScan")
                .orShould()
                .beAnnotatedWith("org.springframework.stereotype.Component")
                .check(CLASSES);
    }

    @Test
    @DisplayName("lists for slices of tests only auto-configurations that exist")
    void slices() {
        for (Class<?> slice : List.of(AutoConfigureWebMvc.class, AutoConfigureWebFlux.class)) {
            assertThat(listed(slice))
                    .contains("dev.guidon.spring.autoconfigure.GuidonSliceAutoConfiguration")
                    .allMatch(name -> CLASSES.get(name).isAnnotatedWith(AutoConfiguration.class));
        }
    }

    private static List<String> listed(Class<?> annotation) {
        return ImportCandidates.load(annotation, ArchitectureTest.class.getClassLoader()).getCandidates().stream()
                .filter(name -> name.startsWith("dev.guidon"))
                .toList();
    }

    @Test
    @DisplayName("names only auto-configurations of Boot that exist")
    void names() {
        List<String> named = CLASSES.stream()
                .flatMap(type -> type.tryGetAnnotationOfType(AutoConfiguration.class).stream())
                .flatMap(annotation -> List.of(annotation.afterName()).stream())
                .toList();

        assertThat(named)
                .hasSizeGreaterThan(3)
                .allMatch(name -> ClassUtils.isPresent(name, getClass().getClassLoader()));
    }

    @Test
    @DisplayName("is null-marked")
    void nullMarked() {
        assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
                .hasSizeGreaterThan(2)
                .allMatch(marked -> marked.isAnnotatedWith(NullMarked.class));
    }
}

package dev.guidon.spring.found;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FlagKey;
import dev.guidon.spring.FlagSet;
import dev.guidon.spring.FlagsInMemory;
import dev.guidon.spring.ImportFlagSets;
import dev.guidon.spring.autoconfigure.GuidonAutoConfiguration;
import dev.guidon.spring.autoconfigure.GuidonCurrentFlagsAutoConfiguration;
import dev.guidon.spring.autoconfigure.GuidonFlagSetAutoConfiguration;
import dev.guidon.store.FlagStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

class FlagSetTest {

    private static final EvaluationContext ADA = EvaluationContext.of("ada");

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(FlagsInMemory.class)
            .withConfiguration(AutoConfigurations.of(
                    GuidonAutoConfiguration.class,
                    GuidonCurrentFlagsAutoConfiguration.class,
                    GuidonFlagSetAutoConfiguration.class));

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class InThisPackage {}

    @Test
    @DisplayName("a flag set in the application's packages is a bean that reads flags of every type")
    void everyType() {
        application.withUserConfiguration(InThisPackage.class).run(context -> {
            CheckoutFlags flags = context.getBean(CheckoutFlags.class);

            assertThat(flags.banner()).isEqualTo("hello");
            assertThat(flags.limit()).isEqualTo(7);
            assertThat(flags.longLimit()).isEqualTo(7);
            assertThat(flags.ratio()).isEqualTo(0.5);
            assertThat(flags.layout()).isEqualTo(new FlagValue.Obj(Map.of("columns", FlagValue.of(3))));
            assertThat(flags.page(ADA)).isEqualTo(CheckoutFlags.Page.ONE_PAGE);
            assertThat(flags.page(EvaluationContext.EMPTY)).isEqualTo(CheckoutFlags.Page.CLASSIC);
        });
    }

    @Test
    @DisplayName("its methods answer for the work at hand, or for the context that the caller names")
    void contexts() {
        application.withUserConfiguration(InThisPackage.class).run(context -> {
            CheckoutFlags flags = context.getBean(CheckoutFlags.class);

            assertThat(flags.forAda()).isFalse();
            assertThat(flags.forAda(ADA)).isTrue();
            try (var work = context.getBean(CurrentFlags.class).enter(ADA)) {
                assertThat(work).isNotNull();
                assertThat(flags.forAda()).isTrue();
                assertThat(flags.forAda(EvaluationContext.of("bob"))).isFalse();
            }
            assertThat(flags.forAda()).isFalse();
        });
    }

    @Test
    @DisplayName("the body of a method answers while its flag has no answer, and may use the other methods")
    void bodies() {
        application.withUserConfiguration(InThisPackage.class).run(context -> {
            CheckoutFlags flags = context.getBean(CheckoutFlags.class);

            assertThat(flags.notThereYet()).isEqualTo(8);
            assertThat(flags.offUntilThere()).isFalse();
            assertThat(flags.large()).isTrue();
        });
    }

    @Test
    @DisplayName("a flag set has the methods of an object")
    void object() {
        application.withUserConfiguration(InThisPackage.class).run(context -> {
            CheckoutFlags flags = context.getBean(CheckoutFlags.class);
            Object same = context.getBean(CheckoutFlags.class);

            assertThat(flags)
                    .isEqualTo(same)
                    .hasSameHashCodeAs(same)
                    .isNotEqualTo("")
                    .hasToString("flags of " + CheckoutFlags.class.getName());
        });
    }

    @Test
    @DisplayName("a bean that the application makes itself takes its place")
    void backsOff() {
        application.withUserConfiguration(InThisPackage.class, Own.class).run(context -> {
            assertThat(context).hasSingleBean(Own.Flags.class);
            assertThat(context.getBean(Own.Flags.class).on()).isTrue();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @FlagSet
        interface Flags {

            @FlagKey("off")
            boolean on();
        }

        @Bean
        Flags flags() {
            return () -> true;
        }
    }

    @Test
    @DisplayName("without packages of an application only what is imported becomes a bean, once")
    void imported() {
        application
                .withUserConfiguration(Imports.class, InThisPackage.class)
                .run(context -> assertThat(context).hasSingleBean(CheckoutFlags.class));
        application
                .withUserConfiguration(Imports.class)
                .run(context ->
                        assertThat(context).hasSingleBean(CheckoutFlags.class).doesNotHaveBean(Own.Flags.class));
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CheckoutFlags.class));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportFlagSets(CheckoutFlags.class)
    static class Imports {}

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    @DisplayName("a missing flag is warned of at the start, and hinders nothing")
    void warns(CapturedOutput output) {
        application.withUserConfiguration(Imports.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output)
                    .contains("CheckoutFlags.notThereYet() reads the flag 'not-there-yet', which does not exist");
        });
    }

    @Test
    @DisplayName("a flag that is made later is read from then on")
    void later() {
        application.withUserConfiguration(Imports.class).run(context -> {
            CheckoutFlags flags = context.getBean(CheckoutFlags.class);
            assertThat(flags.offUntilThere()).isFalse();

            var written =
                    FlagEditor.of(context.getBean(FlagStore.class), "test").set("not-there-yet", true);
            context.getBean(FeatureFlags.class).await(written, Duration.ofSeconds(5));

            assertThat(flags.offUntilThere()).isTrue();
        });
    }

    @Test
    @DisplayName("a native image is told of proxies and methods")
    void hints() {
        GenericApplicationContext context = new GenericApplicationContext();
        new AnnotatedBeanDefinitionReader(context)
                .register(
                        FlagsInMemory.class,
                        Imports.class,
                        GuidonAutoConfiguration.class,
                        GuidonCurrentFlagsAutoConfiguration.class,
                        GuidonFlagSetAutoConfiguration.class);
        var generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get("dev.guidon.spring", "Application")),
                new InMemoryGeneratedFiles());

        new ApplicationContextAotGenerator().processAheadOfTime(context, generation);

        assertThat(RuntimeHintsPredicates.proxies().forInterfaces(CheckoutFlags.class))
                .accepts(generation.getRuntimeHints());
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(CheckoutFlags.class)
                        .withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
                .accepts(generation.getRuntimeHints());
    }
}

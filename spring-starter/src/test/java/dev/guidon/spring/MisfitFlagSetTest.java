package dev.guidon.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.spring.autoconfigure.GuidonAutoConfiguration;
import dev.guidon.spring.autoconfigure.GuidonCurrentFlagsAutoConfiguration;
import dev.guidon.spring.autoconfigure.GuidonFlagSetAutoConfiguration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class MisfitFlagSetTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(FlagsInMemory.class)
            .withConfiguration(AutoConfigurations.of(
                    GuidonAutoConfiguration.class,
                    GuidonCurrentFlagsAutoConfiguration.class,
                    GuidonFlagSetAutoConfiguration.class));

    @Test
    @DisplayName(
            "on request a flag that is missing, broken, of another type or with other variants fails the start, all at once")
    void fails() {
        application
                .withUserConfiguration(Misfits.class)
                .withPropertyValues("guidon.flag-sets.check=fail")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(
                                InvalidFlagSetException.class,
                                failure -> assertThat(failure.problems())
                                        .hasSize(4)
                                        .anyMatch(problem -> problem.startsWith(
                                                "Misfit.broken() reads the flag 'broken', which cannot be evaluated"))
                                        .contains(
                                                "Misfit.missing() reads the flag 'no-such-flag', which does not exist",
                                                "Misfit.number() returns int, but the flag 'banner' is of type string",
                                                "Misfit.page() returns Page, which has no constant for the variant 'one-page'"
                                                        + " of the flag 'checkout'")));
    }

    @Test
    @DisplayName("and is not looked for if that is not wanted")
    void off() {
        application
                .withUserConfiguration(Misfits.class)
                .withPropertyValues("guidon.flag-sets.check=off")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @ImportFlagSets(Misfits.Misfit.class)
    static class Misfits {

        enum Page {
            CLASSIC
        }

        @FlagSet
        interface Misfit {

            @FlagKey("broken")
            boolean broken();

            @FlagKey("no-such-flag")
            boolean missing();

            @FlagKey("banner")
            default int number() {
                return 0;
            }

            @FlagKey("checkout")
            default Page page() {
                return Page.CLASSIC;
            }
        }
    }

    @Test
    @DisplayName("an interface that can be no flag set always fails the start, with everything that is wrong with it")
    void shape() {
        application
                .withUserConfiguration(Shapeless.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                InvalidFlagSetException.class,
                                failure -> assertThat(failure.problems())
                                        .containsExactly(
                                                "Shape.bare() has no @FlagKey",
                                                "Shape.blank() has a @FlagKey without a key",
                                                "Shape.bodiless() has no body: one of type String must say what answers if the"
                                                        + " flag does not",
                                                "Shape.day() returns LocalDate; allowed: boolean, int, long, double, String,"
                                                        + " FlagValue, an enum of variants",
                                                "Shape.parameter() has other parameters than one EvaluationContext")));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportFlagSets(Shapeless.Shape.class)
    static class Shapeless {

        @FlagSet
        interface Shape {

            boolean bare();

            @FlagKey(" ")
            boolean blank();

            @FlagKey("banner")
            String bodiless();

            @FlagKey("banner")
            default LocalDate day() {
                return LocalDate.EPOCH;
            }

            @FlagKey("on")
            boolean parameter(Locale locale);
        }
    }

    @Test
    @DisplayName("a start that fails says what to do")
    void analysis() {
        var failure = new IllegalStateException(new InvalidFlagSetException(List.of("A.b() has no @FlagKey")));

        var analysis = new FlagSetFailureAnalyzer().analyze(failure);

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).contains("- A.b() has no @FlagKey");
        assertThat(analysis.getAction()).contains("guidon.flag-sets.check=warn");
    }
}

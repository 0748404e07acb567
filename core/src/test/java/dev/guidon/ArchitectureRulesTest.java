package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule that cannot fail looks like safety: every rule meets classes that break it. */
class ArchitectureRulesTest {
    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages("archviolations");

    private final ArchitectureRules rules = new ArchitectureRules("archviolations");

    @ParameterizedTest(name = "{0} catches {1}")
    @CsvSource({
        "packagesAreTheKnownOnes, util.Strings",
        "definitionUsesOnlyJava, definition.Logging",
        "jsonUsesDefinitionAndJackson, json.ReachesStore",
        "evaluationUsesDefinitionAndRe2, evaluation.ReachesStore",
        "storeUsesNoEvaluation, store.CompilesSnapshots",
        "coreUsesNoBackendOrFramework, store.UsesGuava",
        "jacksonStaysInJson, store.ParsesJson",
        "re2StaysInEvaluation, store.MatchesPatterns",
        "packagesHaveNoCycles, evaluation.ReachesStore",
        "definitionHoldsOnlyData, definition.Mutable",
        "definitionHoldsOnlyData, definition.Failure",
        "definitionHoldsOnlyData, definition.Open",
        "definitionHoldsOnlyData, definition.Logging$Nested",
        "evaluationDoesNoInputOrOutput, evaluation.ReadsFiles",
        "timeComesFromAClock, evaluation.WallClock.millis",
        "timeComesFromAClock, evaluation.WallClock.nanos",
        "timeComesFromAClock, evaluation.WallClock.instant",
        "timeComesFromAClock, evaluation.WallClock.reference",
        "timeComesFromAClock, evaluation.WallClock.day",
        "timeComesFromAClock, evaluation.WallClock.date",
        "timeComesFromAClock, evaluation.WallClock.clock",
        "timeComesFromAClock, evaluation.WallClock.lambda",
        "standardStreamsAreLeftAlone, store.Noisy.out",
        "standardStreamsAreLeftAlone, store.Noisy.err",
        "standardStreamsAreLeftAlone, store.Noisy.trace",
        "packagesAreNullMarked, util.Strings",
        "signaturesNameNoThirdParty, json.Leaks$Parameter",
        "signaturesNameNoThirdParty, json.Leaks$Result",
        "signaturesNameNoThirdParty, json.Leaks$TypeArgument",
        "signaturesNameNoThirdParty, json.Leaks$Thrown",
        "signaturesNameNoThirdParty, json.Leaks$Superclass",
        "signaturesNameNoThirdParty, json.Leaks$Field",
        "signaturesNameNoThirdParty, json.Leaks$Component",
        "packageNamesSayWhatTheyHold, util.Strings"
    })
    @DisplayName("a rule catches what breaks it")
    void ruleCatchesWhatBreaksIt(String rule, String culprit) throws ReflectiveOperationException {
        ArchRule tested =
                (ArchRule) ArchitectureRules.class.getDeclaredMethod(rule).invoke(rules);

        List<String> found = tested.evaluate(VIOLATIONS).getFailureReport().getDetails();

        assertThat(found).anyMatch(line -> line.contains("archviolations." + culprit));
    }

    @Test
    @DisplayName("a rule lets pass what keeps to it")
    void ruleLetsPassWhatKeepsToIt() {
        List<String> time = rules.timeComesFromAClock()
                .evaluate(VIOLATIONS)
                .getFailureReport()
                .getDetails();
        List<String> signatures = rules.signaturesNameNoThirdParty()
                .evaluate(VIOLATIONS)
                .getFailureReport()
                .getDetails();

        assertThat(time).noneMatch(line -> line.contains("WallClock.allowed"));
        assertThat(signatures).noneMatch(line -> line.contains("Leaks$Hidden"));
    }

    @Test
    @DisplayName("every rule is held against core, and against what breaks it")
    void everyRuleIsTested() throws NoSuchMethodException {
        CsvSource cases = getClass()
                .getDeclaredMethod("ruleCatchesWhatBreaksIt", String.class, String.class)
                .getAnnotation(CsvSource.class);
        Set<String> names = Arrays.stream(ArchitectureRules.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == ArchRule.class && method.getParameterCount() == 0)
                .map(Method::getName)
                .collect(Collectors.toSet());

        assertThat(names).hasSizeGreaterThan(10);
        assertThat(cases.value()).extracting(line -> line.split(",", 2)[0]).containsAll(names);
        assertThat(ArchitectureTest.class.getDeclaredMethods())
                .filteredOn(method -> method.isAnnotationPresent(Test.class))
                .extracting(Method::getName)
                .containsAll(names);
    }
}

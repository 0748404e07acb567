package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.guidon.definition.Flag;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds the compiled classes of core against {@link ArchitectureRules}. */
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(Flag.class.getProtectionDomain().getCodeSource().getLocation());

    private final ArchitectureRules rules = new ArchitectureRules("dev.guidon");

    @Test
    @DisplayName("the rules see the classes of core and nothing else")
    void rulesSeeTheClasses() {
        assertThat(CORE)
                .hasSizeGreaterThan(50)
                .extracting(JavaClass::getName)
                .allMatch(name -> name.startsWith("dev.guidon."))
                .noneMatch(name -> name.startsWith("dev.guidon.Architecture"))
                .contains(
                        "dev.guidon.FeatureFlags",
                        "dev.guidon.FlagEditor",
                        "dev.guidon.definition.Flag",
                        "dev.guidon.definition.Serve",
                        "dev.guidon.evaluation.Snapshot",
                        "dev.guidon.json.FlagFormat",
                        "dev.guidon.store.FlagStore");
    }

    @Test
    @DisplayName("core has the six packages that the rules know")
    void packagesAreTheKnownOnes() {
        rules.packagesAreTheKnownOnes().check(CORE);
    }

    @Test
    @DisplayName("definition uses nothing but Java and JSpecify")
    void definitionUsesOnlyJava() {
        rules.definitionUsesOnlyJava().check(CORE);
    }

    @Test
    @DisplayName("json uses definition and Jackson")
    void jsonUsesDefinitionAndJackson() {
        rules.jsonUsesDefinitionAndJackson().check(CORE);
    }

    @Test
    @DisplayName("evaluation uses definition and RE2/J, so it cannot reach a store")
    void evaluationUsesDefinitionAndRe2() {
        rules.evaluationUsesDefinitionAndRe2().check(CORE);
    }

    @Test
    @DisplayName("a store knows of evaluation only how members are asked")
    void storeUsesNoEvaluation() {
        rules.storeUsesNoEvaluation().check(CORE);
    }

    @Test
    @DisplayName("core uses no backend and no framework")
    void coreUsesNoBackendOrFramework() {
        rules.coreUsesNoBackendOrFramework().check(CORE);
    }

    @Test
    @DisplayName("Jackson stays in json")
    void jacksonStaysInJson() {
        rules.jacksonStaysInJson().check(CORE);
    }

    @Test
    @DisplayName("RE2/J stays in evaluation")
    void re2StaysInEvaluation() {
        rules.re2StaysInEvaluation().check(CORE);
    }

    @Test
    @DisplayName("packages have no cycles")
    void packagesHaveNoCycles() {
        rules.packagesHaveNoCycles().check(CORE);
    }

    @Test
    @DisplayName("definition holds only records, their builders, enums and sealed interfaces")
    void definitionHoldsOnlyData() {
        rules.definitionHoldsOnlyData().check(CORE);
    }

    @Test
    @DisplayName("evaluation does no input or output")
    void evaluationDoesNoInputOrOutput() {
        rules.evaluationDoesNoInputOrOutput().check(CORE);
    }

    @Test
    @DisplayName("time comes from a Clock; only Clock.systemUTC() may be named, as a default")
    void timeComesFromAClock() {
        rules.timeComesFromAClock().check(CORE);
    }

    @Test
    @DisplayName("nothing writes to standard streams, prints stack traces or ends the process")
    void standardStreamsAreLeftAlone() {
        rules.standardStreamsAreLeftAlone().check(CORE);
    }

    @Test
    @DisplayName("every package is @NullMarked")
    void packagesAreNullMarked() {
        rules.packagesAreNullMarked().check(CORE);
    }

    @Test
    @DisplayName("public signatures name no third-party type but JSpecify's and SLF4J's")
    void signaturesNameNoThirdParty() {
        rules.signaturesNameNoThirdParty().check(CORE);
    }

    @Test
    @DisplayName("no package is called util, impl, common, internal or helper")
    void packageNamesSayWhatTheyHold() {
        rules.packageNamesSayWhatTheyHold().check(CORE);
    }
}

package dev.guidon;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.File;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * What the code of core keeps to. The rules take the root package, so that {@link ArchitectureRulesTest} can run the
 * very same rules on classes that break them.
 */
final class ArchitectureRules {
    private static final String JACKSON = "tools.jackson..";
    /** Jackson's YAML parser takes its limits in a type of the engine below. */
    private static final String JACKSON_YAML_ENGINE = "org.snakeyaml.engine..";

    private static final String JSPECIFY = "org.jspecify..";
    private static final String RE2J = "com.google.re2j..";
    private static final String SLF4J = "org.slf4j..";

    private final String root;
    private final String definition;
    private final String json;
    private final String evaluation;
    private final String store;
    private final String guard;

    ArchitectureRules(String root) {
        this.root = root;
        this.definition = root + ".definition";
        this.json = root + ".json";
        this.evaluation = root + ".evaluation";
        this.store = root + ".store";
        this.guard = root + ".guard";
    }

    ArchRule packagesAreTheKnownOnes() {
        return classes().should().resideInAnyPackage(root, definition, json, evaluation, store, guard);
    }

    ArchRule definitionUsesOnlyJava() {
        return layer(definition, resideInAnyPackage(definition, "java..", JSPECIFY));
    }

    ArchRule jsonUsesDefinitionAndJackson() {
        return layer(
                json,
                resideInAnyPackage(json, definition, evaluation, JACKSON, JACKSON_YAML_ENGINE, "java..", JSPECIFY));
    }

    ArchRule evaluationUsesDefinitionAndRe2() {
        return layer(evaluation, resideInAnyPackage(evaluation, definition, guard, RE2J, "java..", JSPECIFY, SLF4J));
    }

    ArchRule storeUsesNoEvaluation() {
        DescribedPredicate<JavaClass> howMembersAreAsked = describe(
                "SegmentMembers and Truth",
                type -> type.getName().equals(evaluation + ".SegmentMembers")
                        || type.getName().equals(evaluation + ".Truth"));
        return layer(
                store,
                resideInAnyPackage(store, definition, json, guard, "java..", JSPECIFY, SLF4J)
                        .or(howMembersAreAsked));
    }

    ArchRule coreUsesNoBackendOrFramework() {
        return layer(
                root + "..",
                resideInAnyPackage(root + "..", "java..", JACKSON, JACKSON_YAML_ENGINE, RE2J, SLF4J, JSPECIFY));
    }

    ArchRule jacksonStaysInJson() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(json)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JACKSON, JACKSON_YAML_ENGINE);
    }

    ArchRule re2StaysInEvaluation() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(evaluation)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(RE2J);
    }

    ArchRule packagesHaveNoCycles() {
        SliceAssignment eachPackage = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith(root)
                        ? SliceIdentifier.of(type.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
        return slices().assignedFrom(eachPackage).should().beFreeOfCycles();
    }

    ArchRule definitionHoldsOnlyData() {
        return classes()
                .that()
                .resideInAPackage(definition)
                .and(are("classes of the source", type -> !isSynthetic(type) && !isPackageInfo(type)))
                .should(be(
                        "a record, an enum, a sealed interface or a builder of a record",
                        type -> type.isRecord()
                                || type.isEnum()
                                || (type.isInterface() && type.isSealed())
                                || type.getMethods().stream()
                                        .anyMatch(method -> method.getName().equals("build")
                                                && method.getRawReturnType().isRecord())));
    }

    ArchRule evaluationDoesNoInputOrOutput() {
        return noClasses()
                .that()
                .resideInAPackage(evaluation)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.io", "java.net..", "java.nio.channels..", "java.nio.file..", "java.sql..")
                        .and(DescribedPredicate.not(JavaClass.Predicates.belongToAnyOf(
                                Serializable.class,
                                // Attributes may be of these types: their text is taken.
                                URI.class,
                                URL.class,
                                InetAddress.class,
                                Path.class,
                                File.class,
                                FileTime.class))));
    }

    ArchRule timeComesFromAClock() {
        return classes().should(neverAccess("a wall clock", ArchitectureRules::readsTheWallClock));
    }

    ArchRule standardStreamsAreLeftAlone() {
        return classes().should(neverAccess("standard streams", ArchitectureRules::isStandardStream));
    }

    ArchRule packagesAreNullMarked() {
        return classes()
                .should(be(
                        "in a package whose package-info is @NullMarked",
                        type -> type.getPackage()
                                .tryGetPackageInfo()
                                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                                .isPresent()));
    }

    ArchRule signaturesNameNoThirdParty() {
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(root + "..", "java..", JSPECIFY, SLF4J);
        return classes()
                .that(are("visible to users", ArchitectureRules::isVisible))
                .should(new ArchCondition<>("name only Guidon, Java, JSpecify and SLF4J in their signatures") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        signature(type)
                                .map(JavaClass::getBaseComponentType)
                                .filter(named -> !named.isPrimitive() && !allowed.test(named))
                                .distinct()
                                .forEach(named -> events.add(SimpleConditionEvent.violated(
                                        type, type.getName() + " names " + named.getName())));
                    }
                });
    }

    ArchRule packageNamesSayWhatTheyHold() {
        return noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..impl..", "..common..", "..internal..", "..helper..");
    }

    private static ArchRule layer(String of, DescribedPredicate<JavaClass> uses) {
        return classes().that().resideInAPackage(of).should().onlyDependOnClassesThat(uses);
    }

    private static DescribedPredicate<JavaClass> are(String description, Predicate<JavaClass> test) {
        return describe("are " + description, test);
    }

    private static ArchCondition<JavaClass> be(String description, Predicate<JavaClass> test) {
        return new ArchCondition<>("be " + description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!test.test(type)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is not " + description));
                }
            }
        };
    }

    /** Sees method references too, which are no calls to ArchUnit. */
    private static ArchCondition<JavaClass> neverAccess(String what, Predicate<AccessTarget> test) {
        return new ArchCondition<>("never access " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    if (test.test(access.getTarget())) {
                        events.add(SimpleConditionEvent.violated(access, access.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean readsTheWallClock(AccessTarget target) {
        String name = target.getName();
        JavaClass owner = target.getOwner();
        if (owner.isEquivalentTo(System.class)) {
            return name.equals("currentTimeMillis") || name.equals("nanoTime");
        }
        if (owner.isEquivalentTo(Clock.class)) {
            return (name.startsWith("system") && !name.equals("systemUTC"))
                    || (name.startsWith("tick") && !takesAClock(target));
        }
        if (owner.isEquivalentTo(Date.class) || owner.isAssignableTo(Calendar.class)) {
            return name.equals("getInstance")
                    || (name.equals("<init>") && parameters(target).findAny().isEmpty());
        }
        return owner.getPackageName().startsWith("java.time")
                && (name.equals("now") || name.equals("system"))
                && !takesAClock(target);
    }

    private static boolean takesAClock(AccessTarget target) {
        return parameters(target).anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static Stream<JavaClass> parameters(AccessTarget target) {
        return target instanceof CodeUnitAccessTarget unit ? unit.getRawParameterTypes().stream() : Stream.empty();
    }

    private static boolean isStandardStream(AccessTarget target) {
        if (target.getOwner().isEquivalentTo(System.class)) {
            return Stream.of("in", "out", "err", "console", "exit").anyMatch(target.getName()::equals);
        }
        return target.getName().equals("printStackTrace")
                && parameters(target).findAny().isEmpty();
    }

    private static boolean isPackageInfo(JavaClass type) {
        return type.getSimpleName().equals("package-info");
    }

    private static boolean isSynthetic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible((HasModifiers) type)
                && type.getEnclosingClass().map(ArchitectureRules::isVisible).orElse(true);
    }

    private static boolean isVisible(HasModifiers element) {
        return element.getModifiers().contains(JavaModifier.PUBLIC)
                || element.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> signature(JavaClass type) {
        Stream<JavaType> above = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<JavaType> bounds = type.getTypeParameters().stream().flatMap(ArchitectureRules::bounds);
        Stream<JavaClass> members =
                type.getMembers().stream().filter(ArchitectureRules::isVisible).flatMap(ArchitectureRules::signature);
        return Stream.of(
                        Stream.concat(above, bounds).flatMap(used -> used.getAllInvolvedRawTypes().stream()),
                        type.getAnnotations().stream().map(JavaAnnotation::getRawType),
                        members)
                .flatMap(types -> types);
    }

    private static Stream<JavaClass> signature(JavaMember member) {
        Stream<JavaClass> thrown =
                member instanceof JavaCodeUnit unit ? unit.getExceptionTypes().stream() : Stream.empty();
        return Stream.of(
                        member.getAllInvolvedRawTypes().stream(),
                        thrown,
                        member.getAnnotations().stream().map(JavaAnnotation::getRawType))
                .flatMap(types -> types);
    }

    private static Stream<JavaType> bounds(JavaTypeVariable<?> variable) {
        return variable.getUpperBounds().stream();
    }
}

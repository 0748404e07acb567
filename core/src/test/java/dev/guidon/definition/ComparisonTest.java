package dev.guidon.definition;

import static dev.guidon.definition.FlagTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A comparison")
class ComparisonTest {

    private static final Attribute A = Attribute.of("a");
    private static final FlagValue TEXT = FlagValue.of("1.2.3");
    private static final FlagValue NUMBER = FlagValue.of(1);
    private static final List<FlagValue> ALL = List.of(
            TEXT,
            NUMBER,
            FlagValue.TRUE,
            FlagValue.NULL,
            FlagValue.of(List.of("x")),
            new FlagValue.Obj(java.util.Map.of()));

    @ParameterizedTest
    @EnumSource
    @DisplayName("takes the values that its operator is for")
    void values(Operator operator) {
        Set<FlagValue> allowed = switch (operator) {
            case EXISTS -> Set.of(FlagValue.TRUE);
            case EQUALS, IN, HAS_ANY, HAS_ALL -> Set.of(TEXT, NUMBER, FlagValue.TRUE, ALL.get(4), ALL.get(5));
            case CONTAINS, STARTS_WITH, ENDS_WITH, MATCHES, SEMVER_RANGE, CIDR, BEFORE, AFTER -> Set.of(TEXT);
            case LESS_THAN, AT_MOST, GREATER_THAN, AT_LEAST -> Set.of(NUMBER);
        };

        for (FlagValue value : ALL) {
            if (allowed.contains(value)) {
                assertThat(new Comparison(A, operator, List.of(value)).values()).containsExactly(value);
            } else {
                String path = operator.takesList() ? operator + "[0]" : operator.toString();
                assertThat(refused(() -> new Comparison(A, operator, List.of(value))))
                        .extracting(Problem::path)
                        .containsExactly(path);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("takes one value, or a list of any length")
    void counts(Operator operator) {
        FlagValue value =
                ALL.stream().filter(each -> accepts(operator, each)).findFirst().orElseThrow();

        if (operator.takesList()) {
            assertThat(new Comparison(A, operator, List.of()).values()).isEmpty();
            assertThat(new Comparison(A, operator, List.of(value, value)).values())
                    .hasSize(2);
        } else {
            assertThat(refused(() -> new Comparison(A, operator, List.of())))
                    .containsExactly(new Problem(operator.toString(), "0 values", "one value"));
            assertThat(refused(() -> new Comparison(A, operator, List.of(value, value))))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("takes the options that its operator is for")
    void options(Operator operator) {
        Set<Operator> anything = Set.of(Operator.EQUALS, Operator.IN, Operator.HAS_ANY, Operator.HAS_ALL);
        Set<Operator> order = Set.of(Operator.LESS_THAN, Operator.AT_MOST, Operator.GREATER_THAN, Operator.AT_LEAST);
        Set<Operator> text = Set.of(Operator.CONTAINS, Operator.STARTS_WITH, Operator.ENDS_WITH);
        Set<Operator> time = Set.of(Operator.BEFORE, Operator.AFTER);

        for (Conversion as : Conversion.values()) {
            boolean allowed = anything.contains(operator)
                    || switch (as) {
                        case STRING -> text.contains(operator) || operator == Operator.MATCHES;
                        case NUMBER -> order.contains(operator);
                        case INSTANT -> order.contains(operator) || time.contains(operator);
                        case SEMVER -> order.contains(operator) || operator == Operator.SEMVER_RANGE;
                    };
            assertThat(paths(operator, as, null, false, Leniency.STRICT).contains("as"))
                    .as("%s", as)
                    .isNotEqualTo(allowed);
            assertThat(paths(operator, as, InstantUnit.S, false, Leniency.STRICT)
                            .contains("unit"))
                    .isNotEqualTo(as == Conversion.INSTANT || time.contains(operator));
            assertThat(paths(operator, as, null, false, Leniency.PARTIAL).contains("lenient"))
                    .isNotEqualTo(as == Conversion.SEMVER || operator == Operator.SEMVER_RANGE);
        }
        assertThat(paths(operator, null, null, true, Leniency.STRICT).contains("ignoreCase"))
                .isNotEqualTo(anything.contains(operator) || text.contains(operator));
    }

    @Test
    @DisplayName("takes operands in the form that the conversion reads")
    void operandsOfConversions() {
        assertThat(problems(Operator.AT_LEAST, TEXT, Conversion.NUMBER, null)).isEmpty();
        assertThat(problems(Operator.AT_LEAST, TEXT, Conversion.SEMVER, null)).isEmpty();
        assertThat(problems(Operator.AT_LEAST, NUMBER, Conversion.SEMVER, null)).hasSize(1);
        assertThat(problems(Operator.AT_LEAST, TEXT, Conversion.INSTANT, null)).isEmpty();
        assertThat(problems(Operator.AT_LEAST, NUMBER, Conversion.INSTANT, null))
                .hasSize(1);
        assertThat(problems(Operator.AT_LEAST, NUMBER, Conversion.INSTANT, InstantUnit.MS))
                .isEmpty();
        assertThat(problems(Operator.BEFORE, NUMBER, null, InstantUnit.S)).isEmpty();
        assertThat(problems(Operator.BEFORE, FlagValue.TRUE, null, InstantUnit.S))
                .hasSize(1);
        assertThat(refused(() -> new Comparison(
                        A,
                        Operator.EXISTS,
                        List.of(FlagValue.TRUE),
                        null,
                        null,
                        false,
                        Leniency.STRICT,
                        FlagValue.NULL,
                        Extra.NONE)))
                .extracting(Problem::path)
                .containsExactly("ifMissing");
    }

    @Test
    @DisplayName("knows which operators work on lists")
    void lists() {
        assertThat(Arrays.stream(Operator.values()).filter(Operator::wantsList))
                .containsExactly(Operator.HAS_ANY, Operator.HAS_ALL);
        assertThat(Attribute.of("a").in("x", "y"))
                .isEqualTo(new Comparison(A, Operator.IN, List.of(FlagValue.of("x"), FlagValue.of("y"))));
        assertThat(Stream.of(Operator.values()).map(Operator::toString))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-zA-Z]+"));
    }

    private static boolean accepts(Operator operator, FlagValue value) {
        try {
            return new Comparison(A, operator, List.of(value)).depth() == 1;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<Problem> problems(Operator operator, FlagValue value, Conversion as, InstantUnit unit) {
        try {
            Comparison comparison =
                    new Comparison(A, operator, List.of(value), as, unit, false, Leniency.STRICT, null, Extra.NONE);
            assertThat(comparison.extra()).isEqualTo(Extra.NONE);
            return List.of();
        } catch (IllegalArgumentException e) {
            return Problem.of(e);
        }
    }

    private static List<String> paths(
            Operator operator, Conversion as, InstantUnit unit, boolean ignoreCase, Leniency lenient) {
        return refused(() -> new Comparison(
                        A,
                        operator,
                        List.of(FlagValue.NULL, FlagValue.NULL),
                        as,
                        unit,
                        ignoreCase,
                        lenient,
                        null,
                        Extra.NONE))
                .stream()
                .map(Problem::path)
                .toList();
    }
}

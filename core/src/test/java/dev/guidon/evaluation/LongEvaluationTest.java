package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Comparison;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Conversion;
import dev.guidon.definition.Definition;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Leniency;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Segment;
import dev.guidon.evaluation.ValueTest.Relation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Evaluations take at most some 10 ms once the code is compiled; the limit here is that of a machine that does much else. */
@DisplayName("An evaluation is short,")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LongEvaluationTest {

    private static final long MOST_MILLIS = 100;

    private static final List<EvaluationContext> CONTEXTS = contexts()
            .map(value -> EvaluationContext.builder("u").set("a", value).build())
            .toList();

    static Stream<Arguments> conditions() {
        List<FlagValue> names = values(20_000, i -> FlagValue.of("name-" + Integer.toString(i, 36)));
        List<FlagValue> alike = values(200, i -> FlagValue.of("a".repeat(900) + i));
        FlagValue long100 = FlagValue.of("a".repeat(100_000) + "b");
        List<FlagValue> patterns = values(500, i -> FlagValue.of("name-" + i + ".*[a-z]+x"));
        List<FlagValue> numbers = values(20_000, i -> FlagValue.of(i + 0.1));
        List<FlagValue> lists = values(5_000, i -> new FlagValue.Array(List.of(FlagValue.of(i), FlagValue.of("a"))));
        List<FlagValue> versions = values(10_000, i -> FlagValue.of("=" + i + ".2.3-rc.1"));
        List<FlagValue> networks = values(10_000, i -> FlagValue.of("10." + i / 256 + "." + i % 256 + ".0/24"));
        return Stream.of(
                        Stream.of(
                                        Operator.CONTAINS,
                                        Operator.STARTS_WITH,
                                        Operator.ENDS_WITH,
                                        Operator.EQUALS,
                                        Operator.IN,
                                        Operator.HAS_ANY,
                                        Operator.HAS_ALL)
                                .flatMap(operator -> Stream.of(names, alike, List.of(long100))
                                        .filter(some -> some.size() == 1 || operator != Operator.EQUALS)
                                        .flatMap(some -> Stream.of(
                                                comparison(operator, some, null, false),
                                                comparison(operator, some, null, true),
                                                comparison(operator, some, Conversion.STRING, false)))),
                        Stream.of(Operator.IN, Operator.HAS_ALL)
                                .flatMap(operator -> Stream.of(
                                        comparison(operator, numbers, Conversion.NUMBER, false),
                                        comparison(operator, lists, null, false))),
                        Stream.of(
                                comparison(Operator.MATCHES, patterns, null, false),
                                comparison(Operator.MATCHES, List.of(FlagValue.of("(a?){1000}z")), null, false),
                                comparison(Operator.MATCHES, List.of(FlagValue.of("(a*)*b")), null, false),
                                comparison(Operator.LESS_THAN, List.of(FlagValue.of(-1)), Conversion.NUMBER, false),
                                comparison(Operator.BEFORE, List.of(FlagValue.of("0001-01-01T00:00:00Z")), null, false),
                                comparison(Operator.SEMVER_RANGE, versions, null, false),
                                comparison(Operator.CIDR, networks, null, false),
                                comparison(Operator.EXISTS, List.of(FlagValue.FALSE), null, false)))
                .flatMap(all -> all)
                .map(condition -> Arguments.of(
                        condition.operator() + (condition.ignoreCase() ? " ignoring case" : "") + " as "
                                + condition.as() + " " + condition.values().size(),
                        condition));
    }

    @DisplayName("whatever is compared with what, once or in 500 rules:")
    @ParameterizedTest(name = "{0}")
    @MethodSource("conditions")
    void isShort(String name, Comparison condition) {
        Flag once = Flag.bool("once", true).withRules(new Rule("r", condition, "off"));
        Comparison part = comparison(
                condition.operator(),
                condition.values().subList(0, 1 + condition.values().size() / 500),
                condition.as(),
                condition.ignoreCase());
        Flag often = Flag.bool("often", true)
                .withRules(IntStream.range(
                                0,
                                condition.values().get(0).toString().length() > 1_000
                                                || condition.operator() == Operator.MATCHES
                                        ? 3
                                        : 500)
                        .mapToObj(i -> new Rule("r" + i, part, "off"))
                        .toArray(Rule[]::new));
        Segment segment = Segment.of("s", condition);
        Flag nested = Flag.bool("nested", true)
                .withRules(new Rule(
                        "r",
                        new Condition.All(
                                Collections.nCopies(900, new Condition.Not(new Condition.InSegment("s"), Extra.NONE)),
                                Extra.NONE),
                        "off"));
        Snapshot snapshot = Snapshot.of(Definitions.of(List.<Definition>of(once, often, nested, segment)));
        assertThat(snapshot.problems()).isEmpty();

        for (EvaluationContext context : CONTEXTS) {
            for (String flag : List.of("once", "often", "nested")) {
                long best = Long.MAX_VALUE;
                for (int i = 0; i < 12 && best > MOST_MILLIS * 1_000_000; i++) {
                    long start = System.nanoTime();
                    snapshot.evaluate(flag, context);
                    best = Math.min(best, System.nanoTime() - start);
                }
                assertThat(best / 1_000_000)
                        .as("milliseconds of %s, %s", flag, shown(context.attribute("a")))
                        .isLessThanOrEqualTo(MOST_MILLIS);
            }
        }
    }

    @DisplayName("and many texts that are looked for at once are found where each of them is:")
    @ParameterizedTest(name = "{0}")
    @EnumSource(Relation.class)
    void findsTheSame(Relation relation) {
        Random random = new Random(7);
        for (int round = 0; round < 3_000; round++) {
            List<String> operands = IntStream.rangeClosed(0, random.nextInt(8))
                    .mapToObj(i -> text(random, 4))
                    .toList();
            String text = text(random, 12);
            boolean expected = operands.stream().anyMatch(operand -> relation.holds(text, operand));
            boolean expectedFolded =
                    operands.stream().anyMatch(operand -> relation.holds(folded(text), folded(operand)));

            assertThat(new TextSearch(operands, relation, false).test(text))
                    .as("%s of %s in '%s'", relation, operands, text)
                    .isEqualTo(Truth.of(expected));
            assertThat(new TextSearch(operands, relation, true).test(text))
                    .as("%s of %s in '%s', ignoring case", relation, operands, text)
                    .isEqualTo(Truth.of(expectedFolded));
        }
    }

    @Test
    @DisplayName("which leaves 20,000 names in 8,192 characters, and 500 patterns on a short text, their answers")
    void answersWhatIsUsual() {
        String filling = "x".repeat(8_180);
        List<FlagValue> names = values(20_000, i -> FlagValue.of("name-" + Integer.toString(i, 36) + "."));
        List<FlagValue> patterns = values(500, i -> FlagValue.of("^bot-" + i + "$"));

        assertThat(truth(comparison(Operator.CONTAINS, names, null, true), filling + "NAME-ff."))
                .isEqualTo(Truth.TRUE);
        assertThat(truth(comparison(Operator.CONTAINS, names, null, true), filling + "NAME-f_."))
                .isEqualTo(Truth.FALSE);
        assertThat(truth(comparison(Operator.MATCHES, patterns, null, false), "bot-499"))
                .isEqualTo(Truth.TRUE);
        assertThat(truth(comparison(Operator.MATCHES, patterns, null, false), "bot-500"))
                .isEqualTo(Truth.FALSE);
    }

    @Test
    @DisplayName("and what it had no time for is UNKNOWN, in the explanation too, and is logged once")
    void isExplained() {
        Logger logger = (Logger) LoggerFactory.getLogger(Snapshot.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            Snapshot snapshot = Yaml.snapshot("""
                    flags:
                      f:
                        enabled: true
                        rules:
                          - {when: {attribute: a, matches: '(a?){1000}z'}, serve: "off"}
                          - {when: {not: {attribute: a, matches: '(a?){1000}y'}}, serve: "off"}
                          - {when: {attribute: b, equals: 1}, serve: "off"}
                        fallthrough: "on"
                    """);
            EvaluationContext context = EvaluationContext.builder("u")
                    .set("a", "a".repeat(60_000))
                    .set("b", 1)
                    .build();

            for (int i = 0; i < 3; i++) {
                assertThat(snapshot.evaluate("f", context).ruleId()).isEqualTo("rules[2]");
            }
            assertThat(snapshot.explain("f", context).toString())
                    .contains("UNKNOWN (found aaa", "no time was left to compare it", "rule rules[2]: serves off");
            assertThat(log.list)
                    .singleElement()
                    .satisfies(line -> assertThat(line.getFormattedMessage()).contains("'f' would take too long"));
        } finally {
            logger.detachAppender(log);
        }
    }

    private static Stream<Object> contexts() {
        return Stream.of(
                "a".repeat(1_000_000),
                "é".repeat(500_000) + "b",
                "a".repeat(65_536),
                "name-".repeat(1_600),
                "A1".repeat(100),
                "1.2.3-" + "a.".repeat(100) + "a",
                "10.0.0.1",
                1e-300,
                0.1,
                Collections.nCopies(100_000, 0.3),
                Collections.nCopies(90_000, "name-1"),
                Collections.nCopies(1_000, "a".repeat(900)),
                Collections.nCopies(30_000, List.of(1, "a")),
                Collections.nCopies(90_000, null),
                Collections.nCopies(50_000, "1.2.3-rc.1"));
    }

    private static Truth truth(Condition condition, String value) {
        Flag flag = Flag.bool("f", true)
                .withRules(
                        new Rule("true", condition, "off"),
                        new Rule("false", new Condition.Not(condition, Extra.NONE), "off"));
        String rule = Snapshot.of(Definitions.of(flag))
                .evaluate("f", EvaluationContext.builder("u").set("a", value).build())
                .ruleId();
        return rule == null ? Truth.UNKNOWN : Truth.of(rule.equals("true"));
    }

    private static Comparison comparison(Operator operator, List<FlagValue> values, Conversion as, boolean ignoreCase) {
        return new Comparison(
                Attribute.of("a"), operator, values, as, null, ignoreCase, Leniency.STRICT, null, Extra.NONE);
    }

    private static List<FlagValue> values(int count, IntFunction<FlagValue> value) {
        List<FlagValue> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value.apply(i));
        }
        return values;
    }

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most + 1);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(List.of((int) 'a', (int) 'A', (int) 'b', 0xE9, 0xC9, 0x130, 0x10400, 0x10428)
                    .get(random.nextInt(8)));
        }
        return text.toString();
    }

    private static String folded(String text) {
        return (String) CompiledComparison.folded(text);
    }

    private static String shown(Object value) {
        String text = String.valueOf(value).toLowerCase(Locale.ROOT);
        return text.substring(0, Math.min(20, text.length())) + " of " + text.length();
    }
}

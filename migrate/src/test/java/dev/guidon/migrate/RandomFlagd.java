package dev.guidon.migrate;

import dev.guidon.definition.FlagValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes targetings and contexts as flagd has them. The same seed makes the same ones. */
final class RandomFlagd extends RandomValues {

    private static final List<FlagValue> VALUES = List.of(
            FlagValue.of(""),
            FlagValue.of(" "),
            FlagValue.of("x"),
            FlagValue.of("xy"),
            FlagValue.of("a"),
            FlagValue.of("true"),
            FlagValue.of("0"),
            FlagValue.of("1"),
            FlagValue.of("2"),
            FlagValue.of("1.5"),
            FlagValue.of("1.2.0"),
            FlagValue.of("v1.10"),
            FlagValue.of("1.2.0-rc"),
            FlagValue.of("2.0.0"),
            FlagValue.of(0),
            FlagValue.of(1),
            FlagValue.of(2),
            FlagValue.of(10),
            FlagValue.of(-1),
            FlagValue.of(1.2),
            FlagValue.of(1.5),
            FlagValue.of(1.02),
            FlagValue.of(20.13),
            FlagValue.TRUE,
            FlagValue.FALSE);
    private static final List<String> SIGNS = List.of("=", "!=", "<", "<=", ">", ">=", "^", "~", "===");
    private static final List<String> VERSIONS =
            List.of("1", "1.2", "v1.2.0", "1.2.3", "1.2.0-rc", "2.0.0+b", "0.0.0", "10.13.1", "1.19", "20.1", "one");
    private static final List<String> NAMES =
            List.of("p", "q", "o.p", "targetingKey", "$flagd.flagKey", "p", "q", "unset");

    RandomFlagd(long seed) {
        super(seed);
    }

    FlagValue.Obj context() {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        if (!chance(4)) {
            fields.put("targetingKey", FlagValue.of("u-" + random.nextInt(100)));
        }
        for (String name : List.of("p", "q")) {
            if (!chance(4)) {
                fields.put(name, chance(6) ? list(0, 2, () -> one(VALUES)) : one(VALUES));
            }
        }
        if (chance(2)) {
            fields.put("o", new FlagValue.Obj(chance(4) ? Map.of() : Map.of("p", one(VALUES))));
        }
        return new FlagValue.Obj(fields);
    }

    FlagValue.Obj evaluators() {
        return new FlagValue.Obj(Map.of("one", condition(1), "two", condition(2)));
    }

    /** What a targeting, or a branch of one, may be. */
    FlagValue result(int depth) {
        int kind = random.nextInt(depth == 0 ? 3 : 12);
        return switch (kind) {
            case 0, 1 -> FlagValue.of(one(List.of("a", "b", "c", "none", "true")));
            case 2 -> chance(2) ? FlagValue.NULL : variable();
            case 3, 4, 5, 6 -> operation("if", chain(depth - 1));
            case 7 ->
                operation(chance(2) ? "and" : "or", list(1, 3, () -> chance(2) ? condition(1) : result(depth - 1)));
            case 8 -> fractional(() -> chance(3) ? result(depth - 1) : FlagValue.of(one(List.of("a", "b", "c"))));
            default -> condition(depth - 1);
        };
    }

    private FlagValue chain(int depth) {
        List<FlagValue> chain = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            chain.add(condition(depth));
            chain.add(result(depth));
        }
        if (!chance(4)) {
            chain.add(result(depth));
        }
        return new FlagValue.Array(chain);
    }

    private FlagValue condition(int depth) {
        int kind = random.nextInt(depth <= 0 ? 9 : 13);
        return switch (kind) {
            case 0 -> comparison(one(List.of("==", "!=", "===", "!==")), chance(8) ? FlagValue.NULL : one(VALUES));
            case 1 -> comparison(one(List.of("<", "<=", ">", ">=")), FlagValue.of(random.nextInt(4) - 1));
            case 2 -> operation("<", new FlagValue.Array(List.of(FlagValue.of(0), variable(), FlagValue.of(1.5))));
            case 3 -> pair("in", variable(), list(0, 3, () -> chance(6) ? FlagValue.NULL : one(VALUES)));
            case 4 -> pair("in", FlagValue.of(one(List.of("x", "a", "1", "1.2"))), variable());
            case 5 ->
                pair(chance(2) ? "starts_with" : "ends_with", variable(), FlagValue.of(one(List.of("x", "", "1"))));
            case 6 ->
                operation(
                        "sem_ver",
                        new FlagValue.Array(
                                List.of(variable(), FlagValue.of(one(SIGNS)), FlagValue.of(one(VERSIONS)))));
            case 7 -> chance(3) ? operation("missing", list(1, 2, () -> FlagValue.of(one(NAMES)))) : variable();
            case 8 ->
                chance(3)
                        ? operation("$ref", FlagValue.of(one(List.of("one", "two", "nowhere"))))
                        : chance(4) ? operation("nonsense", list(1, 2, this::variable)) : one(VALUES);
            case 9 -> operation(chance(2) ? "and" : "or", list(1, 3, () -> condition(depth - 1)));
            case 10 -> operation(chance(4) ? "!!" : "!", list(1, 1, () -> condition(depth - 1)));
            case 11 -> operation("if", list(1, 4, () -> condition(depth - 1)));
            default ->
                chance(2) ? fractional(() -> one(VALUES)) : pair("==", condition(depth - 1), FlagValue.of(chance(2)));
        };
    }

    private FlagValue comparison(String operation, FlagValue value) {
        FlagValue variable = chance(6) ? one(VALUES) : variable();
        return chance(4) ? pair(operation, value, variable) : pair(operation, variable, value);
    }

    private FlagValue fractional(Supplier<FlagValue> share) {
        List<FlagValue> arguments = new ArrayList<>();
        if (chance(2)) {
            FlagValue parts = list(1, 3, () -> chance(2) ? variable() : FlagValue.of(one(List.of("s", "{}"))));
            arguments.add(chance(2) ? operation("var", FlagValue.of(one(NAMES))) : operation("cat", parts));
        }
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            arguments.add(new FlagValue.Array(List.of(share.get(), FlagValue.of(random.nextInt(3)))));
        }
        return operation("fractional", new FlagValue.Array(arguments));
    }

    private FlagValue variable() {
        FlagValue name = FlagValue.of(chance(12) ? "$flagd.timestamp" : one(NAMES));
        boolean more = name.equals(FlagValue.of("$flagd.timestamp")) || !chance(6);
        return operation("var", more ? name : new FlagValue.Array(List.of(name, one(VALUES))));
    }

    private static FlagValue pair(String operation, FlagValue one, FlagValue other) {
        return operation(operation, new FlagValue.Array(List.of(one, other)));
    }

    private static FlagValue operation(String name, FlagValue arguments) {
        return new FlagValue.Obj(Map.of(name, arguments));
    }
}

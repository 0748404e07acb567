package dev.guidon.migrate;

import dev.guidon.definition.Condition;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Leniency;
import dev.guidon.definition.Operator;
import dev.guidon.migrate.FlagdOperand.Var;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operation {@code sem_ver}: a leading v is ignored, and minor and patch may be missing. */
final class FlagdVersion {

    private static final Pattern NUMBERS = Pattern.compile("[vV]?([0-9]{1,18})(?:\\.([0-9]{1,18}))?.*");

    private FlagdVersion() {}

    /** The condition; null if there is no such operation. What is no version makes a condition that is not valid. */
    static @Nullable Condition condition(Var var, String sign, String version) {
        return switch (sign) {
            case "=", "<", "<=", ">", ">=" -> range(var, sign + version);
            case "!=" -> FlagdLogic.not(range(var, "=" + version));
            case "^", "~" -> same(var, version, sign.equals("~"));
            default -> null;
        };
    }

    /** The same major, or minor, number, whatever follows: a pre-release {@code -0} comes before all others. */
    private static Condition same(Var var, String version, boolean minor) {
        Condition valid = range(var, "=" + version);
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.matches() || !Conditions.isValid(valid)) {
            return valid;
        }
        BigInteger major = new BigInteger(numbers.group(1));
        BigInteger second = new BigInteger(numbers.group(2) == null ? "0" : numbers.group(2));
        String from = minor ? major + "." + second : major + ".0";
        String to = minor ? major + "." + second.add(BigInteger.ONE) : major.add(BigInteger.ONE) + ".0";
        return Conditions.all(range(var, ">=" + from + ".0-0"), range(var, "<" + to + ".0-0"));
    }

    private static Condition range(Var var, String range) {
        return var.compare(Operator.SEMVER_RANGE, null, Leniency.FULL, List.of(FlagValue.of(range)));
    }
}

package dev.guidon.json;

import dev.guidon.definition.FlagValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Damages documents: their characters, their bytes, or their structure. */
final class Mutation {

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "'",
            "\\",
            "\\u",
            "\\ud800",
            "\n",
            "\t",
            " ",
            "  ",
            "- ",
            "? ",
            "#",
            "&a ",
            "*a",
            "!!str ",
            "<<: ",
            "---\n",
            "...",
            "|",
            ">",
            "%",
            "@",
            "~",
            "null",
            "true",
            "false",
            "on",
            "1",
            "-1",
            "0",
            "1.0",
            "1e999",
            "1e99999999999",
            "9".repeat(410),
            "0x1F",
            "\"on\"",
            "\"\"",
            "[]",
            "{}",
            "\u0000",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\uD83D",
            "\uD83D\uDE80",
            "\"type\":",
            "\"rules\":",
            "\"serve\":",
            "\"when\":",
            "\"all\":",
            "\"not\":",
            "\"attribute\":",
            "\"in\":",
            "\"equals\":",
            "\"split\":",
            "\"percent\":",
            "\"ramp\":",
            "\"bucketing\":",
            "\"by\":",
            "\"variants\":",
            "\"enabled\":",
            "\"flags\":",
            "\"segments\":",
            "\"format\":",
            "rules: ",
            "when: ",
            "serve: ",
            "enabled: ",
            "flags:",
            "[".repeat(40),
            "{\"not\":".repeat(20));

    private final RandomGenerator random;

    Mutation(RandomGenerator random) {
        this.random = random;
    }

    String of(String document) {
        String mutated = document;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            mutated = once(mutated);
        }
        return mutated;
    }

    private String once(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        int at = random.nextInt(text.length() + 1);
        return switch (random.nextInt(8)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, at) + text.substring(from, to) + text.substring(at);
            case 2 -> text.substring(0, from) + piece() + text.substring(to);
            case 3 -> text.substring(0, at) + (char) random.nextInt(128) + text.substring(at);
            case 4 ->
                random.nextInt(4) == 0 ? text.substring(0, at) : text.substring(0, at) + piece() + text.substring(at);
            case 5 -> bytes(text);
            default -> text.substring(0, at) + piece() + text.substring(at);
        };
    }

    private String bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String piece() {
        return PIECES.get(random.nextInt(PIECES.size()));
    }

    /** The same value, with something inside replaced, removed, renamed or repeated. */
    FlagValue of(FlagValue value) {
        if (value instanceof FlagValue.Obj object && !object.fields().isEmpty() && random.nextInt(10) > 0) {
            return object(object.fields());
        }
        if (value instanceof FlagValue.Array array && !array.values().isEmpty() && random.nextInt(10) > 0) {
            List<FlagValue> values = new ArrayList<>(array.values());
            int i = random.nextInt(values.size());
            FlagValue old = values.get(i);
            switch (random.nextInt(6)) {
                case 0 -> values.remove(i);
                case 1 -> values.add(old);
                default -> values.set(i, of(old));
            }
            return new FlagValue.Array(values);
        }
        return switch (random.nextInt(9)) {
            case 0 -> FlagValue.NULL;
            case 1 -> FlagValue.TRUE;
            case 2 -> FlagValue.of(random.nextInt(-5, 200));
            case 3 -> FlagValue.of(random.nextDouble() * 200);
            case 4 -> FlagValue.of(piece());
            case 5 -> new FlagValue.Array(List.of());
            case 6 -> new FlagValue.Array(List.of(value, value));
            case 7 -> new FlagValue.Obj(Map.of());
            default -> new FlagValue.Obj(Map.of("not", value));
        };
    }

    private FlagValue object(Map<String, FlagValue> fields) {
        List<String> names = List.copyOf(fields.keySet());
        String name = names.get(random.nextInt(names.size()));
        Map<String, FlagValue> changed = new LinkedHashMap<>(fields);
        switch (random.nextInt(8)) {
            case 0 -> changed.remove(name);
            case 1 -> changed.put(piece().replaceAll("[\uD800-\uDFFF]", ""), fields.get(name));
            case 2 -> changed.put(names.get(random.nextInt(names.size())), fields.get(name));
            default -> changed.put(name, of(fields.get(name)));
        }
        return new FlagValue.Obj(changed);
    }
}

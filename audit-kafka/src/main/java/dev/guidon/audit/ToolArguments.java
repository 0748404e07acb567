package dev.guidon.audit;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Shown;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

/**
 * What {@link AuditTool} is asked for.
 *
 * @param command what to do
 * @param options the options by name
 * @param definition whose history is asked for; null with other commands
 */
record ToolArguments(
        String command,
        Map<String, String> options,
        @Nullable DefinitionKey definition) {

    private static final String BOOTSTRAP = "--bootstrap-server";
    private static final String TOPIC = "--topic";
    private static final String NAMESPACE = "--namespace";
    private static final String CONFIG = "--config";
    private static final String REVISION = "--revision";
    private static final String AT = "--at";
    private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][A-Za-z.-]*(=|$)");
    private static final List<String> COMMON = List.of(BOOTSTRAP, TOPIC, NAMESPACE, CONFIG);

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException if it cannot be, saying what was found and what is allowed
     */
    static ToolArguments of(String... args) {
        String command = args.length == 0 ? "nothing" : args[0];
        List<String> allowed = switch (command) {
            case "verify", "history" -> COMMON;
            case "flags" -> List.of(BOOTSTRAP, TOPIC, NAMESPACE, CONFIG, REVISION, AT);
            default -> throw wrong("command", command, "verify, flags, history or --help");
        };
        Map<String, String> options = new HashMap<>();
        String operand = null;
        for (int i = 1; i < args.length; i++) {
            if (!args[i].startsWith("--") && operand == null && command.equals("history")) {
                operand = args[i];
            } else if (!allowed.contains(args[i])) {
                throw wrong(command, option(args[i]), String.join(", ", allowed));
            } else if (i + 1 == args.length) {
                throw wrong(args[i], "nothing", "a value");
            } else if (options.put(args[i], args[++i]) != null) {
                throw wrong(args[i - 1], "two values", "one");
            }
        }
        if (!command.equals("verify") && !options.containsKey(NAMESPACE)) {
            throw wrong(NAMESPACE, "nothing", "the namespace whose trail to read");
        }
        if (options.containsKey(REVISION) && options.containsKey(AT)) {
            throw wrong(command, REVISION + " and " + AT, "one of them, or none for the newest state");
        }
        return new ToolArguments(command, options, command.equals("history") ? definition(operand) : null);
    }

    /** The name of what is no option; nothing of a value, which may be a password. */
    private static String option(String argument) {
        return OPTION.matcher(argument).lookingAt() ? argument.split("=", 2)[0] : "an argument that is no option";
    }

    private static DefinitionKey definition(@Nullable String operand) {
        int slash = operand == null ? -1 : operand.indexOf('/');
        if (operand != null && operand.startsWith("flag/")) {
            return DefinitionKey.flag(operand.substring(slash + 1));
        } else if (operand != null && operand.startsWith("segment/")) {
            return DefinitionKey.segment(operand.substring(slash + 1));
        }
        throw wrong("history", operand == null ? "nothing" : operand, "flag/KEY or segment/KEY");
    }

    String topic() {
        return options.getOrDefault(TOPIC, "guidon-audit");
    }

    @Nullable
    String namespace() {
        return options.get(NAMESPACE);
    }

    /** The revision that is asked for; null if none is. */
    @Nullable
    Long revision() {
        String text = options.get(REVISION);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw wrong(REVISION, text, "the number of a revision");
        }
    }

    /** The instant that is asked for; null if none is. */
    @Nullable
    Instant at() {
        String text = options.get(AT);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong(AT, text, "an instant in UTC, for example 2026-11-01T12:00:00Z");
        }
    }

    /** The settings of the client. */
    ClientSettings settings() {
        Map<String, Object> settings = new HashMap<>();
        String file = options.get(CONFIG);
        if (file != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(Path.of(file))) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw wrong(CONFIG, file + " (" + e + ")", "a readable file with the properties of a Kafka client");
            }
            properties.forEach((name, value) -> settings.put((String) name, value));
        }
        String servers = options.get(BOOTSTRAP);
        if (servers != null) {
            settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        }
        return ClientSettings.ofReader(settings);
    }

    /** An address with a password may stand in the wrong place: it is not repeated. */
    private static IllegalArgumentException wrong(String what, @Nullable String found, String allowed) {
        String text = found == null ? "nothing" : found;
        String shown = text.contains("@") || text.contains("://") ? "something else" : Shown.part(text);
        return new IllegalArgumentException(what + ": found " + shown + "; allowed: " + allowed);
    }
}

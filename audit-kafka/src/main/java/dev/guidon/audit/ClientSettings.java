package dev.guidon.audit;

import dev.guidon.definition.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The settings of Kafka's clients: what the user gives, with defaults, and with what exactly-once depends on. Their values are secret.
 */
final class ClientSettings {

    private static final String EXACTLY_ONCE = "since the trail would not hold every change exactly once otherwise";
    private static final String OURS = "since the relay decides it";
    private static final List<String> SECRET = List.of(
            "password",
            "passwd",
            "passphrase",
            "secret",
            "jaas",
            "token",
            "credential",
            "apikey",
            "api.key",
            "user.info",
            "ssl.keystore.key");
    private static final int SHORTEST_SECRET = 4;

    private static final String HIDDEN = "[hidden]";

    /** What may be shown of a value that was not looked at yet: words of Kafka's, numbers and names of classes. */
    private static final Pattern HARMLESS = Pattern.compile(
            "-?[0-9]{1,9}|true|false|all|none|earliest|latest|classic|consumer|read_(un)?committed|[\\w$]+(\\.[\\w$]+)+",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern JAAS = Pattern.compile(
            "\\s*[\\w.$]+\\s+(?i:required|requisite|sufficient|optional)"
                    + "(?:\\s+[\\w.$-]+\\s*=\\s*(?:\"(?:[^\"\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\n]|\\\\.)*+'|[\\w.$-]++))*+\\s*;\\s*");

    /** As in the text of a JAAS configuration. */
    private static final Pattern QUOTED_SECRET =
            Pattern.compile("(?i)(?:password|secret|token)\\w*\\s*=\\s*[\"']([^\"']*)");

    /** And where it is not in quotes. */
    private static final Pattern BARE_SECRET =
            Pattern.compile("(?i)(?:password|secret|token)\\w*\\s*=\\s*([^\"';\\s]+)");

    private static final Pattern SERVERS = Pattern.compile(
            "\\s*(?:\\w+://)?(?:[\\w.-]+|\\[[\\p{XDigit}:.%]+]):\\d{1,5}\\s*(?:,\\s*(?:\\w+://)?(?:[\\w.-]+|\\[[\\p{XDigit}:.%]+]):\\d{1,5}\\s*)*,?\\s*");

    /** Kafka's message on a value that it refuses, which it repeats. */
    private static final Pattern REFUSED = Pattern.compile("(?s)Invalid value .* for configuration ([\\w.]+)(.*)");

    /** A setting that cannot be another one. */
    private record Fixed(String name, Object value, String why) {}

    private static final List<Fixed> FIXED = List.of(
            new Fixed(ProducerConfig.ACKS_CONFIG, "all", EXACTLY_ONCE),
            new Fixed(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true", EXACTLY_ONCE),
            new Fixed(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", EXACTLY_ONCE),
            new Fixed(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false", EXACTLY_ONCE),
            new Fixed(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic", OURS),
            new Fixed(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false", OURS),
            new Fixed(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest", OURS),
            new Fixed(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                    CooperativeStickyAssignor.class.getName(),
                    OURS),
            new Fixed(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName(), OURS),
            new Fixed(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName(), OURS),
            new Fixed(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName(), OURS),
            new Fixed(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName(), OURS));

    private final Map<String, Object> settings;
    private final Set<String> secrets = new HashSet<>();

    /**
     * Settings for the clients of a relay.
     *
     * @param given the user's
     * @param name what the group and the transactions are called unless the user says otherwise
     * @throws IllegalArgumentException if one of them cannot be as it is, naming all that cannot
     */
    ClientSettings(Map<String, ?> given, String name) {
        settings = new HashMap<>(Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                name,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                name,
                ProducerConfig.CLIENT_ID_CONFIG,
                name,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                AuditTopic.MOST_RECORD_BYTES,
                // All records of a transaction go to one partition, and a request takes one batch of it.
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                20_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                20_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                20_000));
        settings.putAll(Map.of(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000,
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000,
                // A relay that has lost its position reads the whole topic before it polls again.
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 1_800_000,
                ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000));
        // Kafka checks that these fit, unless only one is given.
        if (given.containsKey(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
            settings.remove(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
            settings.remove(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        }
        if (given.containsKey(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG)) {
            settings.remove(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
        }
        settings.putAll(given);
        List<String> refused = new ArrayList<>();
        for (Fixed fixed : FIXED) {
            Object found = given.get(fixed.name());
            if (found != null && !isSame(found, fixed.value())) {
                refused.add(
                        fixed.name() + ": found " + shown(found) + "; allowed: " + fixed.value() + ", " + fixed.why());
            }
            settings.put(fixed.name(), fixed.value());
        }
        Object servers = given.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        if (servers == null || servers.toString().isBlank() || servers.equals(List.of())) {
            refused.add(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG + ": found nothing; allowed: host:port of a broker");
        } else if (!SERVERS.matcher(bootstrapServers()).matches()) {
            // Not repeated: it may hold a password.
            refused.add(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG
                    + ": found a text that is none; allowed: host:port of a broker, several with commas in between");
        }
        Object jaas = given.get(SaslConfigs.SASL_JAAS_CONFIG);
        if (jaas != null && !JAAS.matcher(text(jaas)).matches()) {
            refused.add(SaslConfigs.SASL_JAAS_CONFIG + ": found " + HIDDEN
                    + "; allowed: MODULE required NAME=\"VALUE\" …; with a backslash before \" and \\ in values");
        }
        given.forEach(this::noteSecret);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(masked(String.join("\n", refused)));
        }
    }

    /** Settings for a consumer that reads a topic by itself. */
    static ClientSettings ofReader(Map<String, ?> given) {
        ClientSettings settings = new ClientSettings(given, "guidon-audit-reader");
        settings.validate();
        return settings;
    }

    private static String shown(Object value) {
        return HARMLESS.matcher(value.toString()).matches() ? value.toString() : HIDDEN;
    }

    private static String text(Object value) {
        return value instanceof Password password ? password.value() : value.toString();
    }

    private static boolean isSame(Object found, Object allowed) {
        String text = String.valueOf(found instanceof Class<?> type ? type.getName() : found)
                .strip();
        return text.equalsIgnoreCase(String.valueOf(allowed))
                || (allowed.equals("all") && text.equals("-1"))
                || (found instanceof List<?> list && list.size() == 1 && isSame(list.get(0), allowed));
    }

    private void noteSecret(String name, Object value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (value instanceof Password || (value != null && SECRET.stream().anyMatch(lower::contains))) {
            secrets.add(text(value));
            for (Pattern pattern : List.of(QUOTED_SECRET, BARE_SECRET)) {
                pattern.matcher(text(value)).results().forEach(secret -> secrets.add(secret.group(1)));
            }
        }
        secrets.removeIf(secret -> secret.length() < SHORTEST_SECRET);
    }

    /**
     * Lets Kafka look at the settings.
     *
     * @throws IllegalArgumentException if it refuses one
     */
    void validate() {
        try {
            new ProducerConfig(producer());
            new ConsumerConfig(consumer());
            new AdminClientConfig(admin());
        } catch (ConfigException e) {
            // Without the cause, whose message holds the value.
            throw new IllegalArgumentException(
                    "Kafka refuses its settings: " + withoutValues(String.valueOf(e.getMessage())));
        }
    }

    /** What Kafka says of a setting without the value of any: a value that is refused may be a password in the wrong place. */
    private String withoutValues(String message) {
        Matcher refused = REFUSED.matcher(message);
        String shown =
                refused.matches() ? refused.group(1) + ": found " + HIDDEN + "; allowed" + refused.group(2) : message;
        for (Object value : settings.values()) {
            String text = value == null ? "" : text(value);
            if (text.length() >= SHORTEST_SECRET && !HARMLESS.matcher(text).matches()) {
                shown = shown.replace(text, HIDDEN);
            }
        }
        return Shown.message(masked(shown));
    }

    Map<String, Object> producer() {
        Map<String, Object> producer =
                without(ConsumerConfig.configNames(), AdminClientConfig.configNames(), ProducerConfig.configNames());
        // A transaction often has to wait a little for the end of the one before.
        producer.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        // Each of its questions for a topic makes it on brokers that make topics, so it asks only when it must.
        producer.put(
                ProducerConfig.METADATA_MAX_AGE_CONFIG, Duration.ofDays(3650).toMillis());
        return producer;
    }

    Map<String, Object> consumer() {
        Map<String, Object> consumer =
                without(ProducerConfig.configNames(), AdminClientConfig.configNames(), ConsumerConfig.configNames());
        // The thread that sends heartbeats wakes up so often.
        consumer.putIfAbsent(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, 500);
        return consumer;
    }

    Map<String, Object> admin() {
        return without(ProducerConfig.configNames(), ConsumerConfig.configNames(), AdminClientConfig.configNames());
    }

    String bootstrapServers() {
        Object servers = settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        return servers instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : String.valueOf(servers);
    }

    String transactionalId() {
        return String.valueOf(settings.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG));
    }

    /** After so long a client that has not answered will not. */
    Duration patience() {
        int sending = new ProducerConfig(producer()).getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
        int asking = new AdminClientConfig(admin()).getInt(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        return Duration.ofMillis(Math.max(sending, asking)).plusSeconds(5);
    }

    /** A text in which every secret value is replaced. */
    String masked(String text) {
        String masked = text;
        // The longest first: another one may be a part of it.
        for (String secret : secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            masked = masked.replace(secret, HIDDEN);
        }
        return masked;
    }

    /** All settings but those that only other clients know, about which a client would warn. */
    private Map<String, Object> without(Set<String> others, Set<String> more, Set<String> own) {
        Map<String, Object> remaining = new HashMap<>(settings);
        remaining.keySet().removeIf(name -> !own.contains(name) && (others.contains(name) || more.contains(name)));
        return remaining;
    }

    /** {@return nothing of the settings} */
    @Override
    public String toString() {
        return "ClientSettings[" + bootstrapServers() + "]";
    }
}

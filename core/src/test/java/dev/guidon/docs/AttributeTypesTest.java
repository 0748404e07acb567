package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.guidon.definition.FlagKind;
import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.EvaluationContext;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

@DisplayName("The guide's table of what attributes may be")
class AttributeTypesTest {

    private static final String SECRET = "s3cr3t";
    private static final Instant NOON = Instant.parse("2027-01-01T12:00:00.123456789Z");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Map<String, List<Sample>> SAMPLES = samples();

    /** A value, and what it becomes; null if it is missing. */
    private record Sample(Object value, @Nullable Object kept) {}

    record Point(String secret) {}

    record Lines(List<String> list) implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return list.iterator();
        }
    }

    private static Map<String, List<Sample>> samples() {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        texts(samples);
        numbers(samples);
        times(samples);
        samples.put("Optional", List.of(of(Optional.of("x"), "x"), of(Optional.empty(), null)));
        samples.put("OptionalInt", List.of(of(OptionalInt.of(1), 1L), of(OptionalInt.empty(), null)));
        samples.put("OptionalLong", List.of(of(OptionalLong.of(1), 1L), of(OptionalLong.empty(), null)));
        samples.put("OptionalDouble", List.of(of(OptionalDouble.of(1.5), 1.5), of(OptionalDouble.empty(), null)));
        samples.put("Collection", List.of(of(List.of("x", 1), List.of("x", 1L)), of(Set.of("x"), List.of("x"))));
        samples.put("Object[]", List.of(of(new Object[] {"x", Optional.of(1)}, List.of("x", 1L))));
        samples.put("int[]", List.of(of(new int[] {1, 2}, List.of(1L, 2L)), of(new long[] {1}, List.of(1L))));
        samples.put("float[]", List.of(of(new float[] {19.99f}, List.of(19.99)), of(new double[] {1}, List.of(1L))));
        samples.put("boolean[]", List.of(of(new boolean[] {true}, List.of(true))));
        samples.put(
                "Map", List.of(of(Map.of("a", Map.of(7, true), "b", 1.5f), Map.of("a", Map.of("7", true), "b", 1.5))));
        samples.put("FlagValue", List.of(of(FlagValue.of(List.of("a")), List.of("a"))));
        samples.put("NaN", List.of(of(Double.NaN, null), of(Float.POSITIVE_INFINITY, null)));
        samples.put("byte[]", List.of(of(SECRET.getBytes(StandardCharsets.UTF_8), null)));
        samples.put("java.sql.Time", List.of(of(new java.sql.Time(0), null)));
        samples.put("Iterable", List.of(of(new Lines(List.of(SECRET)), null)));
        samples.put("Iterator", List.of(of(List.of(SECRET).iterator(), null)));
        samples.put("Stream", List.of(of(Stream.of(SECRET), null)));
        samples.put("Supplier", List.of(of((Supplier<String>) () -> SECRET, null)));
        JsonNodeFactory json = JsonNodeFactory.instance;
        samples.put(
                "JsonNode",
                List.of(of(json.stringNode(SECRET), null), of(json.arrayNode().add(SECRET), null)));
        samples.put("record", List.of(of(new Point(SECRET), null)));
        samples.put("Object", List.of(of(new Object(), null)));
        return samples;
    }

    private static void texts(Map<String, List<Sample>> samples) {
        samples.put("String", List.of(of("x", "x")));
        samples.put("CharSequence", List.of(of(CharBuffer.wrap("x"), "x")));
        samples.put("Character", List.of(of('x', "x")));
        samples.put("Boolean", List.of(of(true, true)));
        samples.put("AtomicBoolean", List.of(of(new AtomicBoolean(true), true)));
        samples.put("Enum", List.of(of(FlagKind.RELEASE, "RELEASE")));
        samples.put("UUID", List.of(of(new UUID(0, 1), "00000000-0000-0000-0000-000000000001")));
        samples.put("URI", List.of(of(URI.create("https://example.com/a"), "https://example.com/a")));
        samples.put("URL", List.of(of(url("https://example.com/a"), "https://example.com/a")));
        samples.put(
                "Path", List.of(of(Path.of("a").resolve("b"), Path.of("a", "b").toString())));
        samples.put("File", List.of(of(new File("a", "b"), new File("a", "b").getPath())));
        samples.put("Currency", List.of(of(Currency.getInstance("EUR"), "EUR")));
        samples.put("ZoneId", List.of(of(ZoneId.of("Europe/Berlin"), "Europe/Berlin")));
        samples.put("TimeZone", List.of(of(TimeZone.getTimeZone("Europe/Berlin"), "Europe/Berlin")));
        samples.put("Locale", List.of(of(Locale.GERMANY, "de-DE"), of(Locale.SIMPLIFIED_CHINESE, "zh-CN")));
        samples.put("InetAddress", List.of(of(InetAddress.getLoopbackAddress(), "127.0.0.1")));
    }

    private static void numbers(Map<String, List<Sample>> samples) {
        samples.put("Byte", List.of(of((byte) 1, 1L)));
        samples.put("Short", List.of(of((short) 1, 1L)));
        samples.put("Integer", List.of(of(1, 1L)));
        samples.put("Long", List.of(of(Long.MAX_VALUE, Long.MAX_VALUE)));
        samples.put("AtomicInteger", List.of(of(new AtomicInteger(1), 1L)));
        samples.put("AtomicLong", List.of(of(new AtomicLong(1), 1L)));
        samples.put("BigInteger", List.of(of(BigInteger.TWO, 2L)));
        samples.put("BigDecimal", List.of(of(new BigDecimal("19.990"), 19.99), of(new BigDecimal("1e2"), 100L)));
        samples.put("Double", List.of(of(19.99, 19.99), of(-0.0, 0L)));
        samples.put("Number", List.of(of(longAdder(), 7L)));
        samples.put(
                "Float",
                List.of(
                        of(19.99f, 19.99),
                        of(0.1f, 0.1),
                        of(1e-10f, 1e-10),
                        of(0x1p24f, 16_777_216L),
                        of(1e10f, 10_000_000_000L),
                        of(1e20f, BigInteger.TEN.pow(20)),
                        of(Float.MIN_VALUE, 1e-45),
                        of(-2.5f, -2.5)));
        samples.put("Year", List.of(of(Year.of(2027), 2027L)));
    }

    @SuppressWarnings("JavaUtilDate") // Programs have such attributes.
    private static void times(Map<String, List<Sample>> samples) {
        Instant millis = Instant.parse("2027-01-01T12:00:00.123Z");
        Calendar calendar = Calendar.getInstance();
        calendar.setTimeInMillis(millis.toEpochMilli());
        samples.put("Instant", List.of(of(NOON, NOON)));
        samples.put("OffsetDateTime", List.of(of(OffsetDateTime.parse("2027-01-01T13:00:00.123+01:00"), millis)));
        samples.put("ZonedDateTime", List.of(of(ZonedDateTime.parse("2027-01-01T12:00:00.123Z[UTC]"), millis)));
        samples.put("java.util.Date", List.of(of(Date.from(millis), millis)));
        samples.put("java.sql.Timestamp", List.of(of(java.sql.Timestamp.from(NOON), NOON)));
        LocalDate day = LocalDate.of(2027, 1, 1);
        Instant start = day.atStartOfDay(ZoneId.systemDefault()).toInstant();
        samples.put("java.sql.Date", List.of(of(java.sql.Date.valueOf(day), start)));
        samples.put("Calendar", List.of(of(calendar, millis)));
        samples.put("FileTime", List.of(of(FileTime.from(NOON), NOON)));
        samples.put("LocalDate", List.of(of(day, "2027-01-01")));
        samples.put("LocalDateTime", List.of(of(LocalDateTime.of(2027, 1, 1, 12, 30), "2027-01-01T12:30")));
        samples.put("LocalTime", List.of(of(LocalTime.of(12, 30), "12:30")));
        samples.put("OffsetTime", List.of(of(OffsetTime.parse("12:30+01:00"), "12:30+01:00")));
        samples.put("YearMonth", List.of(of(YearMonth.of(2027, 1), "2027-01")));
        samples.put("MonthDay", List.of(of(MonthDay.of(1, 2), "--01-02")));
        samples.put("Duration", List.of(of(Duration.ofMinutes(90), "PT1H30M")));
        samples.put("Period", List.of(of(Period.ofDays(3), "P3D")));
    }

    private static Sample of(Object value, @Nullable Object kept) {
        return new Sample(value, kept);
    }

    static Stream<Arguments> rows() throws Exception {
        return Documentation.rows(Documentation.page("docs/guide.md"), "an attribute that is a").stream()
                .map(cells -> Arguments.of(cells.get(0), cells.get(1)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    @DisplayName("says what becomes of each")
    void row(String types, String becomes) {
        Matcher type = CODE.matcher(types);
        while (type.find()) {
            assertThat(SAMPLES.keySet()).contains(type.group(1));
            for (Sample sample : SAMPLES.get(type.group(1))) {
                check(type.group(1), sample, becomes);
            }
        }
    }

    @Test
    @DisplayName("names every type that is tried here")
    void isWhole() throws Exception {
        Set<String> named = new HashSet<>();
        rows().forEach(row -> {
            Matcher type = CODE.matcher((String) row.get()[0]);
            while (type.find()) {
                named.add(type.group(1));
            }
        });

        assertThat(named).containsExactlyInAnyOrderElementsOf(SAMPLES.keySet());
    }

    @Test
    @DisplayName("holds inside of lists and maps too, where one hint names the attribute")
    void nested() {
        List<Object> list = Arrays.asList("a", new Point(SECRET), null, new Point(SECRET));

        List<String> log = log(() -> {
            EvaluationContext context =
                    EvaluationContext.builder("k").set("nested\nhere", list).build();
            assertThat(context.attribute("nested\nhere")).isEqualTo(Arrays.asList("a", null, null, null));
            EvaluationContext.builder("k").set("nested\nhere", list).build();
        });

        assertThat(log)
                .singleElement()
                .asString()
                .contains("\"nested\\nhere\"", Point.class.getName())
                .doesNotContain(SECRET);
    }

    @Test
    @DisplayName("holds for a list that is in itself, which counts as missing")
    void inItself() {
        List<Object> inside = new ArrayList<>();
        inside.add(inside);
        inside.add(inside);

        List<String> log = log(() -> {
            EvaluationContext context =
                    EvaluationContext.builder("k").set("in itself", inside).build();
            assertThat(context.attribute("in itself") == null).isTrue();
        });

        assertThat(log).singleElement().asString().contains("in itself", "100000 values");
    }

    private static void check(String type, Sample sample, String becomes) {
        String attribute = "of type " + type + ": " + sample.value().getClass().getName();
        Object[] kept = new Object[1];

        List<String> log = log(() -> kept[0] = EvaluationContext.builder("k")
                .set(attribute, sample.value())
                .build()
                .attribute(attribute));

        assertThat(kept[0]).as(attribute).isEqualTo(sample.kept());
        if (becomes.startsWith("missing, and logged")) {
            assertThat(kept[0]).as(attribute).isNull();
            assertThat(log)
                    .singleElement()
                    .asString()
                    .contains(attribute, sample.value().getClass().getName())
                    .doesNotContain(SECRET);
            return;
        }
        assertThat(log).as(attribute).isEmpty();
        Class<?> kind = kind(becomes);
        if (kind != null) {
            assertThat(kept[0]).as(attribute).isInstanceOf(kind);
        }
    }

    /** The class that the first word of a cell means; null for what depends on the value. */
    private static @Nullable Class<?> kind(String becomes) {
        return switch (becomes.split("[ ,:;]", 2)[0]) {
            case "text" -> String.class;
            case "boolean" -> Boolean.class;
            case "number" -> Number.class;
            case "instant" -> Instant.class;
            case "list" -> List.class;
            case "map" -> Map.class;
            case "content" -> null;
            default -> throw new IllegalArgumentException(becomes);
        };
    }

    private static List<String> log(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger(EvaluationContext.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            action.run();
        } finally {
            logger.detachAppender(lines);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Object url(String text) {
        try {
            return URI.create(text).toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static LongAdder longAdder() {
        LongAdder adder = new LongAdder();
        adder.add(7);
        return adder;
    }
}

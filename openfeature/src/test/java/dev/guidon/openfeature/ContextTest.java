package dev.guidon.openfeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Flag;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.store.InMemoryFlagStore;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.MutableStructure;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A context of OpenFeature's")
class ContextTest {

    private final InMemoryFlagStore store = InMemoryFlagStore.of(Flag.bool("a", true));
    private EvaluationContext heard = EvaluationContext.EMPTY;
    private final FeatureFlags flags = FeatureFlags.builder(store)
            .evaluationListener((evaluation, context) -> heard = context)
            .build();
    private final GuidonProvider provider = GuidonProvider.of(flags);

    @BeforeEach
    void initialize() {
        provider.initialize(null);
    }

    @AfterEach
    void close() {
        provider.shutdown();
        flags.close();
        store.close();
    }

    @Test
    @DisplayName(
            "is Guidon's with the same key and attributes: texts, numbers, booleans, instants, lists and structures")
    void mapped() throws InstantiationException {
        Instant now = Instant.parse("2026-11-27T12:00:00.123456789Z");
        Structure nested = new MutableStructure()
                .add("plan", "pro")
                .add("ids", List.of(new Value(1), new Value("two"), new Value()));
        MutableContext context = new MutableContext("u-1")
                .add("text", "x")
                .add("integer", 29)
                .add("double", 2.5)
                .add("whole", 3.0)
                .add("boolean", true)
                .add("instant", now)
                .add("list", List.of(new Value("a"), new Value(new MutableStructure().add("b", 1))))
                .add("structure", nested);
        Map<String, Value> more = new HashMap<>(context.asUnmodifiableMap());
        more.put("long", new Value(9007199254740993L));
        more.put("decimal", new Value((Object) new BigDecimal("12.50")));

        ask(new ImmutableContext("u-1", more));

        assertThat(heard.targetingKey()).isEqualTo("u-1");
        assertThat(heard.attribute("text")).isEqualTo("x");
        assertThat(heard.attribute("integer")).isEqualTo(29L);
        assertThat(heard.attribute("double")).isEqualTo(2.5);
        assertThat(heard.attribute("whole")).isEqualTo(3L);
        assertThat(heard.attribute("boolean")).isEqualTo(true);
        assertThat(heard.attribute("list")).isEqualTo(List.of("a", Map.of("b", 1L)));
        assertThat(((Map<?, ?>) heard.attribute("structure")).get("plan")).isEqualTo("pro");
        assertThat((List<?>) ((Map<?, ?>) heard.attribute("structure")).get("ids"))
                .hasSize(3);
        assertThat(heard.attribute("long")).isEqualTo(9007199254740993L);
        assertThat(heard.attribute("decimal")).isEqualTo(12.5);
        ask(context);
        assertThat(heard.attribute("instant")).isEqualTo(now);
    }

    @Test
    @DisplayName("does not have its targeting key as an attribute besides; one that is no text counts as missing")
    void targetingKey() {
        ask(new ImmutableContext("u-1"));
        assertThat(heard.targetingKey()).isEqualTo("u-1");
        assertThat(heard.attribute("targetingKey")).isNull();

        ask(new ImmutableContext(Map.of("targetingKey", new Value(7))));
        assertThat(heard.targetingKey()).isNull();

        ask(new ImmutableContext(""));
        assertThat(heard.targetingKey()).isEmpty();
    }

    @Test
    @DisplayName("may be null or empty: nobody in particular")
    void nobody() {
        ask(null);
        assertThat(heard.targetingKey()).isNull();
        ask(ImmutableContext.EMPTY);
        assertThat(heard.targetingKey()).isNull();
    }

    @Test
    @DisplayName("of 200,000 attributes is taken")
    void many() {
        Map<String, Value> attributes = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            attributes.put("a" + i, new Value(i));
        }

        ask(new ImmutableContext("u-1", attributes));

        assertThat(heard.attribute("a199999")).isEqualTo(199_999L);
    }

    @Test
    @DisplayName(
            "counts as missing what is no attribute: null, no numbers, and what is too long, too large or nested too deep")
    void missing() {
        Map<String, Value> attributes = new HashMap<>();
        attributes.put("nothing", null);
        attributes.put("null", new Value());
        attributes.put("nan", new Value(Double.NaN));
        attributes.put("infinite", new Value(Double.POSITIVE_INFINITY));
        attributes.put("long", new Value("x".repeat(1_000_001)));
        List<Value> many = new ArrayList<>();
        for (int i = 0; i < 100_001; i++) {
            many.add(new Value(i));
        }
        attributes.put("many", new Value(many));
        attributes.put("good", new Value("good"));

        ask(new MutableContext(attributes));

        for (String name : Set.of("nothing", "null", "nan", "infinite", "long", "many")) {
            assertThat(heard.attribute(name)).as(name).isNull();
        }
        assertThat(heard.attribute("good")).isEqualTo("good");
    }

    @Test
    @DisplayName("that holds itself is cut where it is nested too deep")
    void cyclic() {
        MutableStructure itself = new MutableStructure();
        itself.add("self", itself);

        assertThatCode(() -> ask(new MutableContext("u-1").add("cycle", itself).add("good", 1)))
                .doesNotThrowAnyException();

        assertThat(heard.attribute("good")).isEqualTo(1L);
    }

    @Test
    @DisplayName("that cannot be read gives the caller's default and INVALID_CONTEXT, also through the client")
    void unreadable() {
        MutableContext hostile = new MutableContext("u-1") {
            @Override
            public Map<String, Value> asUnmodifiableMap() {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public Map<String, Value> asMap() {
                throw new IllegalStateException("on purpose");
            }
        };
        hostile.add("a", 1);

        ProviderEvaluation<Boolean> evaluation = provider.getBooleanEvaluation("a", false, hostile);
        assertThat(evaluation.getErrorCode()).isEqualTo(ErrorCode.INVALID_CONTEXT);
        assertThat(evaluation.getErrorMessage()).contains("on purpose");
        assertThat(evaluation.getValue()).isFalse();

        OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
        api.setProviderAndWait(GuidonProvider.of(flags));
        Client client = api.getClient();
        assertThat(client.getBooleanDetails("a", false, hostile).getErrorCode()).isEqualTo(ErrorCode.INVALID_CONTEXT);
        api.shutdown();
    }

    private void ask(dev.openfeature.sdk.EvaluationContext context) {
        assertThat(provider.getBooleanEvaluation("a", false, context).getValue())
                .isTrue();
    }

    @Test
    @DisplayName("goes on top of the base context, which is asked for at each evaluation")
    void baseContext() {
        AtomicReference<EvaluationContext> work = new AtomicReference<>(EvaluationContext.EMPTY);
        GuidonProvider based =
                GuidonProvider.builder(flags).baseContext(work::get).build();
        based.initialize(null);

        based.getBooleanEvaluation("a", false, new ImmutableContext("u-1"));
        assertThat(heard.targetingKey()).isEqualTo("u-1");

        work.set(EvaluationContext.builder("ada")
                .set("plan", "pro")
                .set("country", "DE")
                .build());
        based.getBooleanEvaluation("a", false, null);
        assertThat(heard.targetingKey()).isEqualTo("ada");
        assertThat(heard.attribute("plan")).isEqualTo("pro");

        based.getBooleanEvaluation("a", false, new ImmutableContext("u-1", Map.of("plan", new Value("free"))));
        assertThat(heard.targetingKey()).isEqualTo("u-1");
        assertThat(heard.attribute("plan")).isEqualTo("free");
        assertThat(heard.attribute("country")).isEqualTo("DE");
        based.shutdown();
    }
}

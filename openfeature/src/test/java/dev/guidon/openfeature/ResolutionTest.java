package dev.guidon.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Definitions;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A resolution")
class ResolutionTest {

    private static final Definitions FLAGS = FlagFormat.readYaml("""
            flags:
              plain: {enabled: true, kind: operational, owner: team-web}
              off: {enabled: false, variants: {"yes": true, "no": false}}
              text: {enabled: true, type: string, variants: {a: hi, b: bye}, fallthrough: a}
              small: {enabled: true, type: number, variants: {a: 10}, fallthrough: a}
              large: {enabled: true, type: number, variants: {a: 9007199254740993}, fallthrough: a}
              part: {enabled: true, type: number, variants: {a: 0.5}, fallthrough: a}
              object:
                enabled: true
                type: json
                variants: {a: {list: [1, 2.5, null, "x", true], deep: {long: 9007199254740993, huge: 1e40}}}
                fallthrough: a
              ruled:
                enabled: true
                rules: [{id: fr, when: {attribute: country, equals: FR}, serve: "off"}]
                fallthrough: "on"
              split:
                enabled: true
                fallthrough: {split: [{variant: "on", weight: 1}, {variant: "off", weight: 1}]}
              needs: {enabled: true, prerequisites: [{flag: off, variants: ["yes"]}], offVariant: "off"}
              broken: {enabled: true, rules: [{when: {attribute: a, matches: ["("]}, serve: "on"}]}
            """);

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final FlagStore store =
            InMemoryFlagStore.builder().definitions(FLAGS).build();
    private final FeatureFlags flags = FeatureFlags.of(store);
    private final GuidonProvider provider = GuidonProvider.of(flags);
    private final Client client = api.getClient();

    @BeforeEach
    void set() {
        api.setProviderAndWait(provider);
    }

    @AfterEach
    void close() {
        api.shutdown();
        flags.close();
        store.close();
    }

    @Test
    @DisplayName("is by a provider that says its name")
    void name() {
        assertThat(provider.getMetadata().getName()).isEqualTo("Guidon");
        assertThat(api.getProviderMetadata().getName()).isEqualTo("Guidon");
    }

    @Test
    @DisplayName("has the value of its type, the variant and the reason, and nothing of errors")
    void typed() {
        assertNormal(client.getBooleanDetails("plain", false), true, "on", "STATIC");
        assertNormal(client.getStringDetails("text", ""), "hi", "a", "STATIC");
        assertNormal(client.getIntegerDetails("small", 0), 10, "a", "STATIC");
        assertNormal(client.getLongDetails("small", 0L), 10L, "a", "STATIC");
        assertNormal(client.getDoubleDetails("part", 0.0), 0.5, "a", "STATIC");
        assertNormal(client.getDoubleDetails("small", 0.0), 10.0, "a", "STATIC");
    }

    @Test
    @DisplayName("gives every digit of an integer of 64 bits")
    void longs() {
        assertNormal(client.getLongDetails("large", 0L), 9007199254740993L, "a", "STATIC");
    }

    @Test
    @DisplayName("gives structures with lists, nested ones, and numbers of the narrowest type that holds them")
    void objects() {
        FlagEvaluationDetails<Value> details = client.getObjectDetails("object", new Value());

        assertThat(details.getVariant()).isEqualTo("a");
        assertThat(details.getValue().asStructure().getValue("list").asList())
                .extracting(Value::asObject)
                .containsExactly(1, 2.5, null, "x", true);
        Map<String, Value> deep =
                details.getValue().asStructure().getValue("deep").asStructure().asMap();
        assertThat(deep.get("long").asObject()).isEqualTo(9007199254740993L);
        assertThat(deep.get("huge").asObject()).isEqualTo(1e40);
    }

    @Test
    @DisplayName("has Guidon's reasons by their names")
    void reasons() {
        ImmutableContext french = new ImmutableContext("u-1", Map.of("country", new Value("FR")));

        assertNormal(client.getBooleanDetails("ruled", true, french), false, "off", "TARGETING_MATCH");
        assertNormal(client.getBooleanDetails("ruled", false), true, "on", "DEFAULT");
        assertNormal(client.getBooleanDetails("off", true), true, null, "DISABLED");
        assertNormal(client.getBooleanDetails("needs", true), false, "off", "PREREQUISITE_FAILED");
        assertThat(client.getBooleanDetails("split", true, french).getReason()).isEqualTo("SPLIT");
    }

    @Test
    @DisplayName("that ends abnormally has a code and a message, no variant, and the caller's default")
    void errors() {
        assertError(provider.getBooleanEvaluation("missing", true, null), true, ErrorCode.FLAG_NOT_FOUND);
        assertError(provider.getBooleanEvaluation("text", true, null), true, ErrorCode.TYPE_MISMATCH);
        assertError(provider.getIntegerEvaluation("large", 7, null), 7, ErrorCode.TYPE_MISMATCH);
        assertError(provider.getLongEvaluation("part", 7L, null), 7L, ErrorCode.TYPE_MISMATCH);
        assertError(provider.getBooleanEvaluation("broken", true, null), true, ErrorCode.PARSE_ERROR);
        assertError(provider.getBooleanEvaluation("split", true, null), true, ErrorCode.TARGETING_KEY_MISSING);
        assertThat(client.getBooleanDetails("split", true))
                .satisfies(details -> assertThat(details.getValue()).isTrue())
                .satisfies(details -> assertThat(details.getVariant()).isNull())
                .satisfies(details -> assertThat(details.getErrorCode()).isEqualTo(ErrorCode.TARGETING_KEY_MISSING));
    }

    @Test
    @DisplayName("has one of OpenFeature's codes for each of Guidon's")
    void codes() {
        assertThat(Arrays.stream(dev.guidon.evaluation.ErrorCode.values()).map(Enum::name))
                .isSubsetOf(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
    }

    @Test
    @DisplayName("has metadata: the revision, and kind and owner if the flag has them")
    void metadata() {
        assertThat(client.getBooleanDetails("plain", false).getFlagMetadata().asUnmodifiableMap())
                .isEqualTo(Map.of("revision", 1L, "kind", "operational", "owner", "team-web"));
        assertThat(client.getStringDetails("text", "").getFlagMetadata().asUnmodifiableMap())
                .isEqualTo(Map.of("revision", 1L));
        assertThat(client.getBooleanDetails("text", false).getFlagMetadata().getLong("revision"))
                .isEqualTo(1);
        assertThat(client.getBooleanDetails("missing", false).getFlagMetadata().isEmpty())
                .isTrue();
    }

    @Test
    @DisplayName("has other metadata on request, and none where that fails")
    void otherMetadata() {
        GuidonProvider other = GuidonProvider.builder(flags)
                .metadata((flag, revision) -> {
                    if (flag.key().equals("text")) {
                        throw new IllegalStateException("on purpose");
                    }
                    return ImmutableMetadata.builder()
                            .addString("type", flag.type().toString())
                            .build();
                })
                .build();
        api.setProviderAndWait(other);

        assertThat(client.getBooleanDetails("plain", false).getFlagMetadata().getString("type"))
                .isEqualTo("boolean");
        FlagEvaluationDetails<String> failing = client.getStringDetails("text", "");
        assertThat(failing.getValue()).isEqualTo("hi");
        assertThat(failing.getFlagMetadata().isEmpty()).isTrue();
    }

    @Test
    @DisplayName("takes null for a default, and gives it back where there is no value")
    void nullDefaults() {
        assertThat(List.of(
                        provider.getBooleanEvaluation("missing", null, null),
                        provider.getStringEvaluation("missing", null, null),
                        provider.getIntegerEvaluation("missing", null, null),
                        provider.getLongEvaluation("missing", null, null),
                        provider.getDoubleEvaluation("missing", null, null),
                        provider.getObjectEvaluation("missing", null, null)))
                .allSatisfy(evaluation -> assertError(evaluation, null, ErrorCode.FLAG_NOT_FOUND));
        assertThat(provider.getBooleanEvaluation("plain", null, null).getValue())
                .isTrue();
        assertThat(provider.getBooleanEvaluation("off", null, null).getValue()).isNull();
    }

    @Test
    @DisplayName("takes null for a key: there is no such flag")
    void nullKey() {
        assertError(provider.getBooleanEvaluation(null, true, null), true, ErrorCode.FLAG_NOT_FOUND);
    }

    private static void assertNormal(FlagEvaluationDetails<?> details, Object value, String variant, String reason) {
        assertThat(details.getValue()).isEqualTo(value);
        assertThat(details.getVariant()).isEqualTo(variant);
        assertThat(details.getReason()).isEqualTo(reason);
        assertThat(details.getErrorCode()).isNull();
        assertThat(details.getErrorMessage()).isNull();
    }

    private static void assertError(ProviderEvaluation<?> evaluation, Object value, ErrorCode code) {
        assertThat(evaluation.getErrorCode()).isEqualTo(code);
        assertThat(evaluation.getErrorMessage()).isNotBlank();
        assertThat(evaluation.getReason()).isEqualTo("ERROR");
        assertThat(evaluation.getValue()).isEqualTo(value);
        assertThat(evaluation.getVariant()).isNull();
    }
}

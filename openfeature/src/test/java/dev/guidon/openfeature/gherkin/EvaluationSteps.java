package dev.guidon.openfeature.gherkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.FlagEvaluationOptions;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.MutableStructure;
import dev.openfeature.sdk.Value;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Steps of evaluation_v2.feature, metadata.feature and hooks.feature. */
public final class EvaluationSteps {

    private final Map<String, Value> attributes = new HashMap<>();
    private final List<String> stages = new ArrayList<>();
    private final RecordingHook first = new RecordingHook("first", stages);
    private final RecordingHook second = new RecordingHook("second", stages);
    private String key = "";
    private String type = "";
    private String fallback = "";
    private MutableContext context = new MutableContext();
    private FlagEvaluationOptions options = FlagEvaluationOptions.EMPTY;
    private FlagEvaluationDetails<?> details = new FlagEvaluationDetails<>();
    private CompletableFuture<Void> evaluation = new CompletableFuture<>();

    @Given("a {word} provider")
    public void provider(String status) {
        World.current().provider(status);
    }

    @Given("a not ready provider")
    public void notReady() {
        World.current().provider("not ready");
    }

    @Given("a(n) {word}-flag with key {string} and a fallback value {string}")
    public void flag(String newType, String newKey, String newFallback) {
        type = newType.toLowerCase(Locale.ROOT);
        key = newKey;
        fallback = newFallback;
    }

    @Given("a context containing a key {string}, with type {string} and with value {string}")
    public void attribute(String name, String kind, String value) throws InstantiationException {
        attributes.put(name, new Value(Typed.value(kind, value)));
    }

    @Given("a context containing a key {string} with null value")
    public void nullAttribute(String name) {
        attributes.put(name, new Value());
    }

    @Given("an evaluation context with modifiable data")
    public void modifiableContext() {
        attributes.put("list", new Value(new ArrayList<>(List.of(new Value("one")))));
        attributes.put("structure", new Value(new MutableStructure().add("a", 1)));
    }

    @Given("a client with added hook")
    public void clientHook() {
        World.current().client.addHooks(first);
    }

    @Given("evaluation options containing specific hooks")
    public void invocationHooks() {
        options = FlagEvaluationOptions.builder().hook(first).hook(second).build();
    }

    @When("the flag was evaluated with details")
    @When("the flag was evaluated with details using the evaluation options")
    public void evaluate() {
        context = new MutableContext("somebody", attributes);
        details = Typed.evaluate(World.current().client, type, key, fallback, context, options);
    }

    @When("the flag was evaluated with details asynchronously")
    public void evaluateLater() {
        evaluation = CompletableFuture.runAsync(this::evaluate);
    }

    @Then("the evaluation should complete without blocking")
    public void completes() throws Exception {
        evaluation.get(10, TimeUnit.SECONDS);
    }

    @Then("the resolved details value should be {string}")
    public void value(String expected) {
        assertThat(Typed.comparable(details.getValue())).isEqualTo(Typed.comparable(Typed.value(type, expected)));
    }

    @Then("the reason should be {string}")
    public void reason(String expected) {
        assertThat(details.getReason()).isEqualTo(expected);
    }

    @Then("the error-code should be {string}")
    public void errorCode(String expected) {
        assertThat(details.getErrorCode()).hasToString(expected);
    }

    @Then("the flag key should be {string}")
    public void flagKey(String expected) {
        assertThat(details.getFlagKey()).isEqualTo(expected);
    }

    @Then("the variant should be {string}")
    public void variant(String expected) {
        assertThat(details.getVariant()).isEqualTo(expected);
    }

    @Then("the resolved metadata should contain")
    public void metadata(DataTable table) {
        Map<String, Object> expected = new HashMap<>();
        table.asMaps()
                .forEach(row -> expected.put(row.get("key"), Typed.value(row.get("metadata_type"), row.get("value"))));

        assertThat(details.getFlagMetadata().asUnmodifiableMap()).containsAllEntriesOf(expected);
    }

    @Then("the resolved metadata is empty")
    public void noMetadata() {
        assertThat(details.getFlagMetadata().isEmpty()).isTrue();
    }

    @Then("the provider status should be {string}")
    public void status(String expected) {
        assertThat(World.current().client.getProviderState()).hasToString(expected);
    }

    @Then("the specified hooks should execute during evaluation")
    public void hooksExecuted() {
        assertThat(stages).contains("before first", "before second");
    }

    @Then("the hook order should be maintained")
    public void hookOrder() {
        // Before in the order of adding, the rest the other way round.
        assertThat(stages)
                .containsExactly(
                        "before second",
                        "before first",
                        "after first",
                        "after second",
                        "finally first",
                        "finally second");
    }

    @Then("the original evaluation context should remain unmodified")
    public void contextUnmodified() {
        assertThat(context.asUnmodifiableMap())
                .isEqualTo(new MutableContext("somebody", attributes).asUnmodifiableMap());
    }

    @Then("the evaluation details should be immutable")
    public void detailsImmutable() {
        Map<String, Object> metadata = details.getFlagMetadata().asUnmodifiableMap();
        assertThatThrownBy(() -> metadata.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);

        // The SDK's details have setters: what they do is seen by nobody else.
        FlagEvaluationDetails<?> changed = details;
        changed.setVariant("changed");
        evaluate();
        assertThat(details.getVariant()).isEqualTo("on");
    }

    @Then("the {string} hook should have been executed")
    public void hookExecuted(String stage) {
        assertThat(stages).contains(stage + " first");
    }

    @Then("the {string} hooks should be called with evaluation details")
    public void hookDetails(String named, DataTable table) {
        for (String stage : named.split(", ")) {
            FlagEvaluationDetails<Object> given = first.details(stage);
            for (Map<String, String> row : table.asMaps()) {
                Object found = switch (row.get("key")) {
                    case "flag_key" -> given.getFlagKey();
                    case "value" -> given.getValue();
                    case "variant" -> given.getVariant();
                    case "reason" -> given.getReason();
                    case "error_code" -> given.getErrorCode();
                    default -> throw new IllegalArgumentException(row.toString());
                };
                assertThat(String.valueOf(found)).as(stage + row).isEqualTo(row.get("value"));
            }
        }
    }
}

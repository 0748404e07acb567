package dev.guidon.openfeature.gherkin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.BooleanHook;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.HookContext;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.ThreadLocalTransactionContextPropagator;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Steps of contextMerging.feature. The merged context is the one that Guidon's evaluation was given. */
public final class ContextMergingSteps {

    private final Map<String, MutableContext> levels = new LinkedHashMap<>();
    private List<String> precedence = List.of();

    @Given("a stable provider with retrievable context is registered")
    public void provider() {
        World.current().provider("stable");
    }

    @Given("A context entry with key {string} and value {string} is added to the {string} level")
    public void entry(String key, String value, String level) {
        levels.computeIfAbsent(level, absent -> new MutableContext()).add(key, value);
    }

    @Given("A table with levels of increasing precedence")
    public void precedence(DataTable table) {
        precedence = table.asList();
    }

    @Given(
            "Context entries for each level from API level down to the {string} level, with key {string} and value {string}")
    public void entries(String lowest, String key, String value) {
        for (String level : precedence.subList(0, precedence.indexOf(lowest) + 1)) {
            entry(key, level, level);
        }
        assertThat(value).isEqualTo(lowest);
    }

    @When("Some flag was evaluated")
    public void evaluate() {
        World world = World.current();
        world.api.setTransactionContextPropagator(new ThreadLocalTransactionContextPropagator());
        world.api.setTransactionContext(level("Transaction"));
        world.api.setEvaluationContext(level("API"));
        world.client.setEvaluationContext(level("Client"));
        world.client.addHooks(new BooleanHook() {
            @Override
            public Optional<EvaluationContext> before(HookContext<Boolean> context, Map<String, Object> hints) {
                return Optional.of(level("Before Hooks"));
            }
        });
        world.client.getBooleanValue("boolean-flag", false, level("Invocation"));
    }

    @Then("The merged context contains an entry with key {string} and value {string}")
    public void contains(String key, String value) {
        assertThat(World.current().heard.attribute(key)).isEqualTo(value);
    }

    private MutableContext level(String name) {
        return levels.getOrDefault(name, new MutableContext());
    }
}

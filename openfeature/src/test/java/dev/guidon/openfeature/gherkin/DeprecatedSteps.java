package dev.guidon.openfeature.gherkin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.Value;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.Map;

/** Steps of evaluation.feature, which evaluation_v2.feature replaces. */
public final class DeprecatedSteps {

    private Object value = "";
    private FlagEvaluationDetails<?> details = new FlagEvaluationDetails<>();
    private MutableContext context = new MutableContext();

    @When("a boolean flag with key {string} is evaluated with default value {string}")
    public void booleanFlag(String key, String fallback) {
        value = World.current().client.getBooleanValue(key, Boolean.parseBoolean(fallback));
    }

    @When("a string flag with key {string} is evaluated with default value {string}")
    public void stringFlag(String key, String fallback) {
        value = World.current().client.getStringValue(key, fallback);
    }

    @When("an integer flag with key {string} is evaluated with default value {int}")
    public void integerFlag(String key, int fallback) {
        value = World.current().client.getIntegerValue(key, fallback);
    }

    @When("a float flag with key {string} is evaluated with default value {double}")
    public void floatFlag(String key, double fallback) {
        value = World.current().client.getDoubleValue(key, fallback);
    }

    @When("an object flag with key {string} is evaluated with a null default value")
    public void objectFlag(String key) {
        value = World.current().client.getObjectValue(key, null);
    }

    @When("a boolean flag with key {string} is evaluated with details and default value {string}")
    public void booleanDetails(String key, String fallback) {
        details = World.current().client.getBooleanDetails(key, Boolean.parseBoolean(fallback));
    }

    @When("a string flag with key {string} is evaluated with details and default value {string}")
    @When("a non-existent string flag with key {string} is evaluated with details and a fallback value {string}")
    public void stringDetails(String key, String fallback) {
        details = World.current().client.getStringDetails(key, fallback);
    }

    @When("an integer flag with key {string} is evaluated with details and default value {int}")
    @When("a string flag with key {string} is evaluated as an integer, with details and a fallback value {int}")
    public void integerDetails(String key, int fallback) {
        details = World.current().client.getIntegerDetails(key, fallback);
    }

    @When("a float flag with key {string} is evaluated with details and default value {double}")
    public void floatDetails(String key, double fallback) {
        details = World.current().client.getDoubleDetails(key, fallback);
    }

    @When("an object flag with key {string} is evaluated with details and a null default value")
    public void objectDetails(String key) {
        details = World.current().client.getObjectDetails(key, null);
    }

    @When(
            "context contains keys {string}, {string}, {string}, {string} with values {string}, {string}, {int}, {string}")
    public void context(String a, String b, String c, String d, String first, String second, int third, String fourth) {
        context =
                new MutableContext().add(a, first).add(b, second).add(c, third).add(d, Boolean.parseBoolean(fourth));
    }

    @When("a flag with key {string} is evaluated with default value {string}")
    public void stringForContext(String key, String fallback) {
        details = World.current().client.getStringDetails(key, fallback, context);
    }

    @Then("the resolved boolean value should be {string}")
    @Then("the resolved string value should be {string}")
    public void isText(String expected) {
        assertThat(value).hasToString(expected);
    }

    @Then("the resolved integer value should be {int}")
    public void isInteger(int expected) {
        assertThat(value).isEqualTo(expected);
    }

    @Then("the resolved float value should be {double}")
    public void isFloat(double expected) {
        assertThat(value).isEqualTo(expected);
    }

    @Then(
            "the resolved object value should be contain fields {string}, {string}, and {string}, with values {string}, {string} and {int}, respectively")
    public void isObject(String a, String b, String c, String first, String second, int third) {
        assertThat(((Value) value).asStructure().asObjectMap())
                .isEqualTo(Map.of(a, Boolean.parseBoolean(first), b, second, c, third));
    }

    @Then(
            "the resolved boolean details value should be {string}, the variant should be {string}, and the reason should be {string}")
    public void areBoolean(String expected, String variant, String reason) {
        are(Boolean.parseBoolean(expected), variant, reason);
    }

    @Then(
            "the resolved string details value should be {string}, the variant should be {string}, and the reason should be {string}")
    public void areText(String expected, String variant, String reason) {
        are(expected, variant, reason);
    }

    @Then(
            "the resolved integer details value should be {int}, the variant should be {string}, and the reason should be {string}")
    public void areInteger(int expected, String variant, String reason) {
        are(expected, variant, reason);
    }

    @Then(
            "the resolved float details value should be {double}, the variant should be {string}, and the reason should be {string}")
    public void areFloat(double expected, String variant, String reason) {
        are(expected, variant, reason);
    }

    @Then(
            "the resolved object details value should be contain fields {string}, {string}, and {string}, with values {string}, {string} and {int}, respectively")
    public void areObject(String a, String b, String c, String first, String second, int third) {
        value = details.getValue();
        isObject(a, b, c, first, second, third);
    }

    @Then("the variant should be {string}, and the reason should be {string}")
    public void are(String variant, String reason) {
        are(details.getValue(), variant, reason);
    }

    @Then("the resolved string response should be {string}")
    public void response(String expected) {
        assertThat(details.getValue()).isEqualTo(expected);
    }

    @Then("the resolved flag value is {string} when the context is empty")
    public void withoutContext(String expected) {
        assertThat(World.current().client.getStringValue(details.getFlagKey(), "", ImmutableContext.EMPTY))
                .isEqualTo(expected);
    }

    @Then("the default string value should be returned")
    public void defaultString() {
        assertThat(details.getValue()).isEqualTo("uh-oh");
    }

    @Then("the default integer value should be returned")
    public void defaultInteger() {
        assertThat(details.getValue()).isEqualTo(13);
    }

    @Then("the reason should indicate an error and the error code should indicate a missing flag with {string}")
    @Then("the reason should indicate an error and the error code should indicate a type mismatch with {string}")
    public void isError(String code) {
        assertThat(details.getReason()).isEqualTo("ERROR");
        assertThat(details.getErrorCode()).hasToString(code);
    }

    private void are(Object expected, String variant, String reason) {
        assertThat(details.getValue()).isEqualTo(expected);
        assertThat(details.getVariant()).isEqualTo(variant);
        assertThat(details.getReason()).isEqualTo(reason);
    }
}

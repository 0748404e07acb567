package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guidon.definition.About;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Segment;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A flag or a segment can name attributes whose values are personal data")
class SensitiveTest {

    private static final String LIST = "a list of attributes, each an attribute's name, or a list of names (a path)";

    @Test
    @DisplayName("by name or by path, and both are read back")
    void roundTrip() {
        String flag = "{\"sensitive\":[\"email\",[\"account\",\"phone\"]],\"enabled\":true}";
        String segment = "{\"description\":\"d\",\"sensitive\":[\"$key\"],\"salt\":\"s\"}";

        Flag readFlag = (Flag) FlagFormat.parse(DefinitionKey.flag("f"), flag);
        Segment readSegment = (Segment) FlagFormat.parse(DefinitionKey.segment("s"), segment);

        assertThat(readFlag.about().sensitive())
                .containsExactly(Attribute.of("email"), new Attribute.Path(List.of("account", "phone")));
        assertThat(readSegment.sensitive()).containsExactly(Attribute.KEY);
        assertThat(FlagFormat.write(readFlag)).isEqualTo(flag);
        assertThat(FlagFormat.write(readSegment)).isEqualTo(segment);
        Definitions both = Definitions.of(readFlag, readSegment);
        assertThat(FlagFormat.parseYaml(FlagFormat.writeYaml(both))).isEqualTo(both);
    }

    @Test
    @DisplayName("none unless said, and nothing is written then")
    void none() {
        assertThat(Flag.bool("f", true).about().sensitive()).isEmpty();
        assertThat(Segment.of("s").sensitive()).isEmpty();
        assertThat(FlagFormat.write(Flag.bool("f", true))).isEqualTo("{\"enabled\":true}");
        assertThat(FlagFormat.write(Segment.of("s"))).isEqualTo("{}");
        assertThat(FlagFormat.parse(DefinitionKey.flag("f"), "{\"enabled\":true,\"sensitive\":[]}"))
                .isEqualTo(Flag.bool("f", true));
    }

    @Test
    @DisplayName("which other changes to the definition keep")
    void kept() {
        Segment segment = Segment.of("s").withSensitive(Attribute.of("email"));
        Flag flag = Flag.bool("f", true).withAbout(About.NOTHING.withSensitive(Attribute.of("email")));

        assertThat(segment.withMembers(List.of(), List.of()).sensitive()).containsExactly(Attribute.of("email"));
        assertThat(segment.withRules(List.of()).sensitive()).containsExactly(Attribute.of("email"));
        assertThat(segment.withExternal(null).sensitive()).containsExactly(Attribute.of("email"));
        assertThat(flag.withEnabled(false).about().sensitive()).containsExactly(Attribute.of("email"));
    }

    @Test
    @DisplayName("which changes no evaluation")
    void neverEvaluated() {
        Flag plain = Flag.bool("f", true)
                .withRules(new Rule("ada", Attribute.of("email").equalTo("ada@example.com"), "off"));
        Flag sensitive = plain.withAbout(About.NOTHING.withSensitive(Attribute.of("email")));

        for (String email : List.of("ada@example.com", "bob@example.com")) {
            EvaluationContext context =
                    EvaluationContext.builder("u-1").set("email", email).build();
            assertThat(Snapshot.of(Definitions.of(sensitive)).getBooleanDetails("f", true, context))
                    .isEqualTo(Snapshot.of(Definitions.of(plain)).getBooleanDetails("f", true, context));
        }
    }

    @Test
    @DisplayName("and what names no attribute is refused, with the flag, the place, what was found and what is allowed")
    void refused() {
        assertThat(problems("{\"flags\":{\"checkout\":{\"sensitive\":\"email\"}}}"))
                .containsExactly("flags.checkout.sensitive: found the string \"email\"; allowed: " + LIST);
        assertThat(problems("{\"flags\":{\"checkout\":{\"sensitive\":[\"email\",7,\"$user\",[]]}}}"))
                .containsExactlyInAnyOrder(
                        "flags.checkout.sensitive[1]: found the number 7; allowed: an attribute's name, or a list of names"
                                + " (a path)",
                        "flags.checkout.sensitive[2]: found \"$user\"; allowed: $key, $now, or a name without a leading $"
                                + " (a list is a path verbatim)",
                        "flags.checkout.sensitive[3]: found an empty list; allowed: at least one name");
        assertThat(problems("{\"segments\":{\"staff\":{\"sensitive\":{\"email\":true}}}}"))
                .containsExactly("segments.staff.sensitive: found the object {\"email\":true}; allowed: " + LIST);
        assertThat(problems("{\"segments\":{\"staff\":{\"sensitive\":[" + "\"a\",".repeat(100) + "\"b\"]}}}"))
                .containsExactly("segments.staff.sensitive: found 101; allowed: at most 100 sensitive attributes");
    }

    private static List<String> problems(String document) {
        FlagFormatException refused =
                catchThrowableOfType(FlagFormatException.class, () -> FlagFormat.parseJson(document));
        return refused.problems().stream().map(Problem::toString).toList();
    }
}

package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.RandomDefinitions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is written is read back equal")
class RoundTripTest {

    private static final int DOCUMENTS = 500;

    @Test
    @DisplayName("thousands of random documents, as JSON and as YAML, tolerantly and strictly")
    void documents() {
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            Definitions written = new RandomDefinitions(seed).definitions();

            String json = FlagFormat.writeJson(written);
            String yaml = FlagFormat.writeYaml(written);

            assertThat(FlagFormat.readJson(json)).as("seed %d: %s", seed, json).isEqualTo(written);
            assertThat(FlagFormat.readYaml(yaml)).as("seed %d: %s", seed, yaml).isEqualTo(written);
            assertThat(FlagFormat.writeJson(FlagFormat.readYaml(yaml))).isEqualTo(json);
        }
    }
}

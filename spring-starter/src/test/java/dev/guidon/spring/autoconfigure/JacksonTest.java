package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.json.FlagFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

class JacksonTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(JacksonAutoConfiguration.class, GuidonJacksonAutoConfiguration.class));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "\"a \\\"quoted\\\" text\"",
                "3",
                "0.1",
                "12345678901234567890.12345678901234567890",
                "[1,[],{}]",
                "{\"a\":{\"b\":[null,false]},\"c\":\"d\"}"
            })
    @DisplayName("the mapper of the application writes values of flags as the JSON that they are")
    void values(String json) {
        application.run(
                context -> assertThat(context.getBean(JsonMapper.class).writeValueAsString(FlagFormat.readValue(json)))
                        .isEqualTo(json));
    }
}

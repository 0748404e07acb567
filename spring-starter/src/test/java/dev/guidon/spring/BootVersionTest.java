package dev.guidon.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

@DisplayName("Spring Boot")
class BootVersionTest {

    @Test
    @DisplayName("has the version that these tests are meant to run on")
    void version() {
        System.out.println("Spring Boot " + SpringBootVersion.getVersion());

        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("guidon.boot.version"));
    }
}

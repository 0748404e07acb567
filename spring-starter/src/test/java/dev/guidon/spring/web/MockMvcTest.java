package dev.guidon.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@SpringBootTest(
        classes = ServletApplication.class,
        properties = {
            "spring.main.web-application-type=servlet",
            "guidon.context.tenant.header=X-Tenant",
            "guidon.web.gate-status=403"
        })
@AutoConfigureMockMvc
class MockMvcTest {

    @Autowired
    private MockMvcTester mvc;

    @Test
    @DisplayName("gates are there in tests with MockMvc, with the status that is configured")
    void gates() {
        assertThat(mvc.get().uri("/on")).hasStatusOk();
        assertThat(mvc.get().uri("/for-ada"))
                .hasStatus(HttpStatus.FORBIDDEN)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(mvc.get().uri("/gone")).hasStatus(HttpStatus.GONE);
        assertThat(mvc.get().uri("/route")).hasStatus(HttpStatus.FORBIDDEN);
    }

    @Test
    @DisplayName("and who is logged in is not taken for the targeting key unless that is configured")
    void nobody() {
        assertThat(mvc.get().uri("/who").headers(headers -> headers.setBasicAuth("ada", "any")))
                .hasBodyTextEqualTo("null null");
    }
}

package dev.guidon.spring.web;

import org.junit.jupiter.api.DisplayName;
import org.springframework.boot.test.context.SpringBootTest;

@DisplayName("WebFlux on Netty")
@SpringBootTest(
        classes = ReactiveApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.web-application-type=reactive",
            "guidon.context.principal.enabled=true",
            "spring.reactor.context-propagation=auto"
        })
class ReactiveWebTest extends WebContract {}

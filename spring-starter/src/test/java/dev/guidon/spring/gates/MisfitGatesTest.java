package dev.guidon.spring.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.spring.FeatureGate;
import dev.guidon.spring.FlagsInMemory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.PriorityOrdered;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@DisplayName("An application does not start with a gate that cannot work, and says which and why:")
@ExtendWith(OutputCaptureExtension.class)
class MisfitGatesTest {

    static List<List<Object>> misfits() {
        return List.of(
                List.of(PrivateMethod.class, "PrivateMethod.clean() is private"),
                List.of(StaticMethod.class, "StaticMethod.clean() is static"),
                List.of(FinalMethod.class, "FinalMethod.clean() is final"),
                List.of(FinalClass.class, "FinalClass.clean() is in no interface"),
                List.of(GatedFinalClass.class, "GatedFinalClass.clean() is in no interface"),
                List.of(Interfaced.class, "InterfacedBean.other() is in no interface"),
                List.of(NoFallback.class, "has no method instead(String, int) that returns List"),
                List.of(WrongFallback.class, "has no method instead() that returns String"),
                List.of(ClassFallback.class, "'instead', which is for gates of methods"),
                List.of(BeanMethod.class, "BeanMethod.bean() makes a bean, once"),
                List.of(NoFlag.class, "NoFlag.clean(): a @FeatureGate names no flag"),
                List.of(WrongStatus.class, "has the status 200; allowed: from 400 to 599"),
                List.of(TooEarly.class, "Needed.clean() has a gate, but its bean 'needed' is made too early"),
                List.of(Lazily.class, "PrivateMethod.clean() is private"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    @DisplayName("")
    void misfit(List<Object> misfit, CapturedOutput output) {
        assertThat(start((Class<?>) misfit.get(0), WebApplicationType.NONE)).isPresent();

        assertThat(output).contains("A @FeatureGate cannot work:", MisfitGatesTest.class.getName() + "$");
        assertThat(output).contains((String) misfit.get(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    @DisplayName("a fallback of a handler")
    void fallbackOfHandler(WebApplicationType web, CapturedOutput output) {
        assertThat(start(Handler.class, web)).isPresent();

        assertThat(output).contains("Handler.page(): the fallback 'instead' is not for handlers of requests");
    }

    @Test
    @DisplayName("and warns of gates whose flag does not exist")
    void unknown(CapturedOutput output) {
        assertThat(start(Unknown.class, WebApplicationType.NONE)).isEmpty();

        assertThat(output).contains("Unknown.clean() stays closed, since the flag 'no-such-flag' does not exist");
    }

    private static Optional<Throwable> start(Class<?> bean, WebApplicationType web) {
        try {
            new SpringApplicationBuilder(Application.class, bean)
                    .web(web)
                    .properties(
                            "server.port=0",
                            "spring.aop.proxy-target-class=false",
                            "spring.kafka.bootstrap-servers=127.0.0.1:1")
                    .run()
                    .close();
            return Optional.empty();
        } catch (Throwable failure) {
            return Optional.of(failure);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(FlagsInMemory.class)
    static class Application {}

    static class PrivateMethod {
        @FeatureGate("on")
        @Scheduled(fixedDelay = 1)
        @SuppressWarnings("UnusedMethod") // Spring would call it
        private void clean() {}
    }

    static class StaticMethod {
        @FeatureGate("on")
        static void clean() {}
    }

    static class FinalMethod {
        @FeatureGate("on")
        final void clean() {}
    }

    static final class FinalClass {
        @FeatureGate("on")
        void clean() {}
    }

    @FeatureGate("on")
    static final class GatedFinalClass {
        public void clean() {}
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    @Import(InterfacedBean.class)
    static class Interfaced {

        interface Face {
            void act();
        }
    }

    static class InterfacedBean implements Interfaced.Face {

        @Override
        @Transactional
        public void act() {}

        @FeatureGate("on")
        public void other() {}
    }

    static class NoFallback {
        @FeatureGate(value = "on", fallback = "instead")
        List<String> list(String of, int size) {
            return List.of(of + size);
        }

        List<String> instead(String of) {
            return List.of(of);
        }
    }

    static class WrongFallback {
        @FeatureGate(value = "on", fallback = "instead")
        String text() {
            return "in";
        }

        int instead() {
            return 1;
        }
    }

    @FeatureGate(value = "on", fallback = "instead")
    static class ClassFallback {
        void clean() {}

        void instead() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class BeanMethod {
        @Bean
        @FeatureGate("on")
        String bean() {
            return "in";
        }
    }

    static class NoFlag {
        @FeatureGate(" ")
        void clean() {}
    }

    static class WrongStatus {
        @FeatureGate(value = "on", status = 200)
        void clean() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class TooEarly {

        @Bean
        static Needed needed() {
            return new Needed();
        }

        @Bean
        static Needing needing(Needed needed) {
            return new Needing();
        }
    }

    static class Needing implements BeanPostProcessor, PriorityOrdered {
        @Override
        public int getOrder() {
            return 0;
        }
    }

    static class Needed {
        @FeatureGate("on")
        void clean() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Lazily {
        @Bean
        @Lazy
        PrivateMethod lazily() {
            return new PrivateMethod();
        }
    }

    static class Unknown {
        @FeatureGate("no-such-flag")
        void clean() {}
    }

    @RestController
    static class Handler {
        @GetMapping("/page")
        @FeatureGate(value = "on", fallback = "instead")
        String page() {
            return "in";
        }

        String instead() {
            return "out";
        }
    }
}

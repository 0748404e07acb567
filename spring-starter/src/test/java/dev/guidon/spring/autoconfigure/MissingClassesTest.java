package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application need not have. The starter's classes are loaded anew, where that cannot be seen. */
class MissingClassesTest {

    @ParameterizedTest
    @ValueSource(strings = {"org.springframework.security.", "org.springframework.security.oauth2."})
    @DisplayName("without Spring Security, or without its OAuth 2, a principal has a name and no claims")
    void withoutSecurity(String missing) throws Exception {
        Class<?> claims = new Without(missing).loadClass("dev.guidon.spring.autoconfigure.Claims");
        Principal ada = () -> "ada";
        var isAnonymous = claims.getDeclaredMethod("isAnonymous", Principal.class);
        var of = claims.getDeclaredMethod("of", Principal.class, String.class);
        isAnonymous.setAccessible(true);
        of.setAccessible(true);

        assertThat(isAnonymous.invoke(null, ada)).isEqualTo(false);
        assertThat(of.invoke(null, ada, "tid")).isNull();
    }

    @Test
    @DisplayName("what is for Spring MVC needs neither Reactor nor context propagation, nor WebFlux")
    void servletAlone() throws Exception {
        Without without = new Without("reactor.", "io.micrometer.", "org.springframework.web.reactive.");

        for (String name : List.of(
                "CurrentFlags",
                "FlagScope",
                "autoconfigure.GuidonWebMvcAutoConfiguration",
                "web.ClosedGateAdvice",
                "web.FeatureGateInterceptor",
                "web.FlagScopeCallables",
                "web.FlagScopeFilter",
                "web.ServletGates")) {
            assertThat(without.linked(name).getDeclaredMethods()).as(name).isNotEmpty();
        }
        assertThatThrownBy(() -> without.linked("web.ReactiveGates").getDeclaredMethods())
                .isInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    @DisplayName("what is for WebFlux needs neither servlets nor context propagation, nor Spring MVC")
    void reactiveAlone() throws Exception {
        Without without = new Without("jakarta.servlet.", "io.micrometer.", "org.springframework.web.servlet.");

        for (String name : List.of(
                "autoconfigure.GuidonWebFluxAutoConfiguration",
                "web.ClosedGateAdvice",
                "web.CurrentFlagsArgument",
                "web.FeatureGateAdapter",
                "web.FlagScopeArrival",
                "web.FlagScopeWebFilter",
                "web.ReactiveFlags",
                "web.ReactiveGates")) {
            assertThat(without.linked(name).getDeclaredMethods()).as(name).isNotEmpty();
        }
        assertThatThrownBy(() -> without.linked("web.ServletGates").getDeclaredMethods())
                .isInstanceOf(NoClassDefFoundError.class);
    }

    private static final class Without extends ClassLoader {

        private final List<String> missing;

        Without(String... missing) {
            super(MissingClassesTest.class.getClassLoader());
            this.missing = List.of(missing);
        }

        Class<?> linked(String name) throws ClassNotFoundException {
            return Class.forName("dev.guidon.spring." + name, true, this);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (missing.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.guidon.spring.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}

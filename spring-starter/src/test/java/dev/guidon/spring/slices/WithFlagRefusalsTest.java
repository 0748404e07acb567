package dev.guidon.spring.slices;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.store.FileFlagStore;
import dev.guidon.store.InMemoryFlagStore;
import dev.guidon.testkit.WithFlag;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;

@DisplayName("@WithFlag says why it cannot set a flag:")
class WithFlagRefusalsTest {

    @Test
    @DisplayName("the application has no store")
    void noStore() {
        assertThatThrownBy(() -> before(WithoutStore.class))
                .hasMessageContaining("this test's application context has none")
                .hasMessageNotContaining("guidon.store=memory");
    }

    @Test
    @DisplayName("its store is one that others may read, or is one of several")
    void otherStores() {
        assertThatThrownBy(() -> before(WithFile.class))
                .hasMessageContaining("Found: [file], which other programs may read")
                .hasMessageContaining("guidon.store=memory");
        assertThatThrownBy(() -> before(WithTwo.class)).hasMessageContaining("Found: [one, two]");
    }

    private static void before(Class<?> test) throws Exception {
        TestContextManager manager = new TestContextManager(test);
        Object instance = test.getDeclaredConstructor().newInstance();
        manager.prepareTestInstance(instance);
        manager.beforeTestMethod(instance, Base.class.getDeclaredMethod("test"));
    }

    static class Base {
        void test() {}
    }

    @WithFlag(key = "dark-mode")
    @ContextConfiguration(classes = WithoutStore.class)
    static class WithoutStore extends Base {}

    @WithFlag(key = "dark-mode")
    @ContextConfiguration(classes = WithFile.Stores.class)
    static class WithFile extends Base {

        @Configuration(proxyBeanMethods = false)
        static class Stores {
            @Bean
            FileFlagStore file() throws IOException {
                return FileFlagStore.open(
                        Files.writeString(Files.createTempDirectory("flags").resolve("flags.yaml"), "{}"));
            }
        }
    }

    @WithFlag(key = "dark-mode")
    @ContextConfiguration(classes = WithTwo.Stores.class)
    static class WithTwo extends Base {

        @Configuration(proxyBeanMethods = false)
        static class Stores {
            @Bean
            InMemoryFlagStore one() {
                return new InMemoryFlagStore();
            }

            @Bean
            InMemoryFlagStore two() {
                return new InMemoryFlagStore();
            }
        }
    }
}

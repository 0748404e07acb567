package dev.guidon.spring.shop;

import dev.guidon.FeatureFlags;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A small application, for processing ahead of time. It finds nothing by scanning. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ShopApplication {

    /**
     * Prints a flag and ends.
     *
     * @param args what Boot is to know
     */
    public static void main(String[] args) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ShopApplication.class)
                .web(WebApplicationType.NONE)
                .properties("guidon.store=memory", "guidon.defaults=classpath:shop-flags.yaml")
                .run(args)) {
            System.out.println(
                    "dark-mode=" + context.getBean(FeatureFlags.class).isEnabled("dark-mode"));
        }
    }
}

package com.example;

import dev.guidon.FeatureFlags;
import dev.guidon.audit.AuditTopic;
import dev.guidon.metrics.FlagMetrics;
import dev.guidon.redis.RedisFlagStore;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A Boot application that has a flag by configuration alone. */
@SpringBootApplication
public class Consumer {

    public static void main(String[] args) {
        try (ConfigurableApplicationContext application = SpringApplication.run(Consumer.class, args)) {
            if (!application.getBean(FeatureFlags.class).isEnabled("dark-mode")) {
                throw new IllegalStateException("dark-mode is off");
            }
            System.out.println("dark-mode is on, with " + RedisFlagStore.class + ", " + AuditTopic.named("audit") + ", "
                    + FlagMetrics.class);
        }
    }
}

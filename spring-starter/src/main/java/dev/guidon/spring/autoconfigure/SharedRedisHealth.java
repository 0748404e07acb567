package dev.guidon.spring.autoconfigure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Says that an application is taken out of rotation by a Redis that only its flags need, which go on without it: Boot makes every Redis of an
 * application a part of its health.
 */
final class SharedRedisHealth implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(GuidonHealthAutoConfiguration.class);

    private static final String CONNECTIONS = "org.springframework.data.redis.connection.RedisConnectionFactory";

    /** By what Boot calls it. */
    private static final String HEALTH = "redisHealthContributor";

    /** Where Spring defines what it makes of a connection whether somebody uses it or not. */
    private static final List<String> UNASKED =
            List.of("org.springframework.boot.data.redis.", "org.springframework.data.redis.");

    private final ConfigurableListableBeanFactory beans;

    private final Environment environment;

    SharedRedisHealth(ConfigurableListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    public void afterSingletonsInstantiated() {
        // with a URI the flags have a Redis of their own
        if (beans.containsBean(HEALTH) && !environment.containsProperty("guidon.redis.uri") && !isUsed()) {
            log.warn(
                    "Redis is a part of this application's health, and only its flags seem to use it. While Redis is down, flags go on, but"
                            + " /actuator/health says DOWN, and takes up to spring.data.redis.timeout (60 s unless set) to say so."
                            + " Set management.health.redis.enabled=false to leave Redis out");
        }
    }

    /** Whether a bean of the application's is given a connection, or what Boot makes of it. */
    private boolean isUsed() {
        Deque<String> open = new ArrayDeque<>(connections());
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            for (String user : beans.getDependentBeans(open.remove())) {
                if (!isUnasked(user)) {
                    return true;
                }
                if (!user.equals(HEALTH) && seen.add(user)) {
                    open.add(user);
                }
            }
        }
        return false;
    }

    private boolean isUnasked(String name) {
        if (!beans.containsBeanDefinition(name)) {
            return false;
        }
        BeanDefinition definition = beans.getBeanDefinition(name);
        String definedBy = definition.getFactoryBeanName() == null
                ? String.valueOf(definition.getBeanClassName())
                : definition.getFactoryBeanName();
        return UNASKED.stream().anyMatch(definedBy::startsWith) && !definedBy.contains(".repository.");
    }

    private List<String> connections() {
        try {
            return List.of(beans.getBeanNamesForType(
                    Class.forName(CONNECTIONS, false, beans.getBeanClassLoader()), true, false));
        } catch (ClassNotFoundException none) {
            return List.of();
        }
    }
}

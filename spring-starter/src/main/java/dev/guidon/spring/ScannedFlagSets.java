package dev.guidon.spring;

import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Registers the interfaces with {@link FlagSet} that stand in the packages of the application, but for those of which it has a bean
 * itself. For the auto-configuration.
 */
public final class ScannedFlagSets implements ImportBeanDefinitionRegistrar {

    private final BeanFactory beans;
    private final Environment environment;
    private final ResourceLoader resources;

    /**
     * For Spring to call.
     *
     * @param beans knows the packages and the beans of the application
     * @param environment decides by profiles
     * @param resources finds classes
     */
    public ScannedFlagSets(BeanFactory beans, Environment environment, ResourceLoader resources) {
        this.beans = beans;
        this.environment = environment;
        this.resources = resources;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
        List<String> packages = AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of();
        Scanner scanner = new Scanner(environment);
        scanner.setResourceLoader(resources);
        for (String base : packages) {
            for (BeanDefinition candidate : scanner.findCandidateComponents(base)) {
                Class<?> type = ClassUtils.resolveClassName(
                        String.valueOf(candidate.getBeanClassName()), resources.getClassLoader());
                if (isMissing(type)) {
                    FlagSetFactoryBean.register(type, registry);
                }
            }
        }
    }

    private boolean isMissing(Class<?> type) {
        return !(beans instanceof ListableBeanFactory listable)
                || listable.getBeanNamesForType(type, true, false).length == 0;
    }

    private static final class Scanner extends ClassPathScanningCandidateComponentProvider {

        Scanner(Environment environment) {
            super(false, environment);
            addIncludeFilter(new AnnotationTypeFilter(FlagSet.class, false, true));
        }

        @Override
        protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
            return definition.getMetadata().isInterface()
                    && definition.getMetadata().isIndependent();
        }
    }
}

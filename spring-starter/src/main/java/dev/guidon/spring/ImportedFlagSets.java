package dev.guidon.spring;

import java.util.Arrays;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/** Registers what {@link ImportFlagSets} names. */
final class ImportedFlagSets implements ImportBeanDefinitionRegistrar {

    @Override
    public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
        metadata.getAnnotations().stream(ImportFlagSets.class)
                .flatMap(annotation -> Arrays.stream(annotation.getClassArray("value")))
                .forEach(type -> FlagSetFactoryBean.register(type, registry));
    }
}

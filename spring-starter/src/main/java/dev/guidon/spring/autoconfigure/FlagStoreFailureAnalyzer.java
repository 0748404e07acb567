package dev.guidon.spring.autoconfigure;

import dev.guidon.FeatureFlags;
import dev.guidon.store.FlagStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Says that there are several stores, where all that can be seen is that there are no flags. */
final class FlagStoreFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> implements Ordered {

    private final BeanFactory beans;

    FlagStoreFailureAnalyzer(BeanFactory beans) {
        this.beans = beans;
    }

    /** Before Boot's own. */
    @Override
    public int getOrder() {
        return -1;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        Class<?> missing = cause.getBeanType();
        if ((missing != FeatureFlags.class && missing != FlagStore.class)
                || !(beans instanceof ListableBeanFactory listable)) {
            return null;
        }
        List<String> stores = List.of(listable.getBeanNamesForType(FlagStore.class, true, false));
        if (stores.size() < 2) {
            return null;
        }
        return new FailureAnalysis(
                "There are " + stores.size()
                        + " beans of type FlagStore, and none of them is the primary one:\n\n    - "
                        + String.join("\n    - ", stores)
                        + "\n\nSo Guidon does not know from which FeatureFlags are to be made.",
                "Mark one of them as @Primary, or declare a bean of type FeatureFlags for the store that is meant.",
                cause);
    }
}

package dev.guidon.spring.autoconfigure;

import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.spring.ContextRequest;
import dev.guidon.spring.EvaluationContextContributor;
import java.util.Locale;

/** Adds {@code locale}, such as {@code de-AT}, and {@code language}, such as {@code de}. */
final class LocaleContributor implements EvaluationContextContributor {

    @Override
    public EvaluationContext contribute(ContextRequest request) {
        Locale locale = request.locale();
        if (locale == null) {
            return EvaluationContext.EMPTY;
        }
        return EvaluationContext.builder(null)
                .set("locale", locale.toLanguageTag())
                .set("language", locale.getLanguage())
                .build();
    }
}

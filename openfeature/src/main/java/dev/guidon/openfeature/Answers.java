package dev.guidon.openfeature;

import dev.guidon.evaluation.Evaluation;
import dev.guidon.openfeature.KnownFlags.Known;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Reason;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What flags gave, as OpenFeature has it. */
final class Answers {

    private Answers() {}

    static <A, T> ProviderEvaluation<T> of(
            Evaluation<A> evaluation,
            Known flag,
            @Nullable T defaultValue,
            BiFunction<Evaluation<A>, Known, @Nullable T> answer) {
        dev.guidon.evaluation.ErrorCode code = evaluation.errorCode();
        if (code != null || evaluation.isDefault()) {
            return new ProviderEvaluation<>(
                    defaultValue,
                    null,
                    evaluation.reason().name(),
                    code == null ? null : ErrorCode.valueOf(code.name()),
                    evaluation.errorMessage(),
                    flag.metadata());
        }
        return new ProviderEvaluation<>(
                answer.apply(evaluation, flag),
                evaluation.variant(),
                evaluation.reason().name(),
                null,
                null,
                flag.metadata());
    }

    static <T> ProviderEvaluation<T> error(@Nullable T defaultValue, ErrorCode code, String message) {
        return new ProviderEvaluation<>(
                defaultValue, null, Reason.ERROR.name(), code, message, ImmutableMetadata.EMPTY);
    }
}

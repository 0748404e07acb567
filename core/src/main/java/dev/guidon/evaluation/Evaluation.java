package dev.guidon.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * What a flag gave for a context, and why.
 *
 * @param <T> the type that was asked for
 * @param flagKey the flag
 * @param value the variant's value, or the caller's default if there is no variant
 * @param variant the variant's name; null if the caller's default was used
 * @param reason why
 * @param ruleId the rule that decided, its position ({@code rules[0]}) if it has no id; null if none did
 * @param prerequisite the flag that did not serve what is needed; null unless the reason is {@code PREREQUISITE_FAILED}
 * @param errorCode what was wrong; null unless the reason is {@code ERROR}
 * @param errorMessage what was wrong, for people; null unless the reason is {@code ERROR}
 */
public record Evaluation<T>(
        String flagKey,
        T value,
        @Nullable String variant,
        Reason reason,
        @Nullable String ruleId,
        @Nullable String prerequisite,
        @Nullable ErrorCode errorCode,
        @Nullable String errorMessage) {

    /** {@return whether the caller's default was used} */
    public boolean isDefault() {
        return variant == null;
    }
}

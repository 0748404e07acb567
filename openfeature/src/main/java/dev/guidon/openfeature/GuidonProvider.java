package dev.guidon.openfeature;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.openfeature.KnownFlags.Known;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventProvider;
import dev.openfeature.sdk.Hook;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Value;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Guidon's flags as a provider of OpenFeature, <a href="https://openfeature.dev/specification/sections/providers">section 2</a> of its
 * specification.
 *
 * <pre>{@code
 * FeatureFlags flags = FeatureFlags.of(store);
 * OpenFeatureAPI.getInstance().setProviderAndWait(GuidonProvider.of(flags));
 * }</pre>
 *
 * <p>Answers are those of {@link FeatureFlags}, from memory. Where there is an error code, OpenFeature gives the caller's default, also
 * where Guidon would serve the off variant for want of a targeting key. Reasons are Guidon's by their names, {@code PREREQUISITE_FAILED}
 * among them. The targeting key is {@code $key}; structures, lists and instants are attributes as they are. What is no attribute counts as
 * missing, as {@link dev.guidon.evaluation.EvaluationContext} says; a context that cannot be read at all is {@code INVALID_CONTEXT}.
 *
 * <p>Events: {@code STALE} when the store cannot be reached, or the flags are closed, {@code READY} when it is there again, and
 * {@code CONFIGURATION_CHANGED} with the keys of all flags whose answers may have changed. What happens in the first tenth of a second after
 * the initialisation is told together, after it. Tracking does nothing.
 *
 * <p>Safe for use by many threads. A provider may be bound to several domains, but is of one namespace; another namespace is another
 * provider. After {@link #shutdown()} it can be set anew.
 */
public final class GuidonProvider extends EventProvider {

    private static final String NAME = "Guidon";
    private static final Metadata METADATA = () -> NAME;

    private final Supplier<FeatureFlags> source;
    private final boolean owned;
    private final Duration readyWithin;
    private final BiFunction<Flag, Revision, ImmutableMetadata> describe;
    private final Supplier<dev.guidon.evaluation.EvaluationContext> baseContext;
    private volatile @Nullable Session session;

    private GuidonProvider(Builder builder) {
        source = builder.source;
        owned = builder.owned;
        readyWithin = builder.readyWithin;
        describe = builder.describe;
        baseContext = builder.baseContext;
    }

    /**
     * A provider of flags that the caller has made, with defaults for everything else.
     *
     * @param flags the flags; stay the caller's to close
     * @return the provider
     */
    public static GuidonProvider of(FeatureFlags flags) {
        return builder(flags).build();
    }

    /**
     * Configures a provider of flags that the caller has made.
     *
     * @param flags the flags; stay the caller's to close
     * @return a builder
     */
    public static Builder builder(FeatureFlags flags) {
        return new Builder(() -> flags, false);
    }

    /**
     * Configures a provider of flags of its own.
     *
     * @param flags makes the flags, each time that the provider is initialised; they are closed when it is shut down. What it throws is
     *     the failure of the initialisation.
     * @return a builder
     */
    public static Builder owning(Supplier<FeatureFlags> flags) {
        return new Builder(flags, true);
    }

    /** {@return the name "Guidon"} */
    @Override
    public Metadata getMetadata() {
        return METADATA;
    }

    /** {@return none} */
    @Override
    @SuppressWarnings("rawtypes") // as in the SDK
    public List<Hook> getProviderHooks() {
        return List.of();
    }

    /**
     * Waits until there are flags to answer with, from the store or what serves in its place. For the SDK to call.
     *
     * @param context not used
     * @throws dev.openfeature.sdk.exceptions.GeneralError if there are none within the limit; when there are later, {@code READY} is told
     * @throws dev.openfeature.sdk.exceptions.FatalError if the flags are closed
     */
    @Override
    public void initialize(@Nullable EvaluationContext context) {
        open().events().initialize(readyWithin);
    }

    /** Evaluates no more, and tells nothing any more; flags of its own are closed. Doing it again does nothing. */
    // The executor of the superclass is not shut down, since that is for ever; its threads end by themselves when idle.
    @Override
    public synchronized void shutdown() {
        Session ending = session;
        session = null;
        if (ending != null) {
            ending.events().close();
            if (owned) {
                ending.flags().close();
            }
        }
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(
            String key, @Nullable Boolean defaultValue, @Nullable EvaluationContext context) {
        return resolve(key, defaultValue, false, context, Snapshot::getBooleanDetails);
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(
            String key, @Nullable String defaultValue, @Nullable EvaluationContext context) {
        return resolve(key, defaultValue, "", context, Snapshot::getStringDetails);
    }

    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(
            String key, @Nullable Integer defaultValue, @Nullable EvaluationContext context) {
        return resolve(key, defaultValue, 0, context, Snapshot::getIntegerDetails);
    }

    @Override
    public ProviderEvaluation<Long> getLongEvaluation(
            String key, @Nullable Long defaultValue, @Nullable EvaluationContext context) {
        return resolve(key, defaultValue, 0L, context, Snapshot::getLongDetails);
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(
            String key, @Nullable Double defaultValue, @Nullable EvaluationContext context) {
        return resolve(key, defaultValue, 0.0, context, Snapshot::getDoubleDetails);
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(
            String key, @Nullable Value defaultValue, @Nullable EvaluationContext context) {
        return resolve(
                key,
                defaultValue,
                FlagValue.NULL,
                context,
                Snapshot::getObjectDetails,
                (evaluation, flag) -> flag.objects().get(evaluation.variant()));
    }

    private <T> ProviderEvaluation<T> resolve(
            String key, @Nullable T defaultValue, T ifNull, @Nullable EvaluationContext context, Question<T> question) {
        return resolve(
                key,
                defaultValue,
                defaultValue == null ? ifNull : defaultValue,
                context,
                question,
                (evaluation, flag) -> evaluation.value());
    }

    private <A, T> ProviderEvaluation<T> resolve(
            String key,
            @Nullable T defaultValue,
            A standIn,
            @Nullable EvaluationContext context,
            Question<A> question,
            BiFunction<Evaluation<A>, Known, @Nullable T> answer) {
        Session current = session;
        if (current == null) {
            return Answers.error(
                    defaultValue, ErrorCode.PROVIDER_NOT_READY, "the provider is not initialised, or shut down");
        }
        dev.guidon.evaluation.EvaluationContext whom;
        try {
            whom = ContextReader.read(baseContext.get(), context);
        } catch (Throwable unreadable) {
            return Answers.error(defaultValue, ErrorCode.INVALID_CONTEXT, "the context cannot be read: " + unreadable);
        }
        KnownFlags known = current.known();
        Evaluation<A> evaluation = question.ask(known.snapshot(), key, standIn, whom);
        return Answers.of(evaluation, known.get(key), defaultValue, answer);
    }

    private synchronized Session open() {
        Session opened = session;
        if (opened == null) {
            FeatureFlags flags = source.get();
            opened = new Session(flags, new ProviderEvents(flags, this::emit), describe);
            session = opened;
        }
        return opened;
    }

    /** One of the ways to ask a snapshot. */
    @FunctionalInterface
    private interface Question<A> {
        Evaluation<A> ask(Snapshot flags, String key, A defaultValue, dev.guidon.evaluation.EvaluationContext context);
    }

    /** Configures a {@link GuidonProvider}. Not safe for use by several threads. */
    public static final class Builder {

        private final Supplier<FeatureFlags> source;
        private final boolean owned;
        private Duration readyWithin = Duration.ofSeconds(10);
        private BiFunction<Flag, Revision, ImmutableMetadata> describe = KnownFlags::describe;
        private Supplier<dev.guidon.evaluation.EvaluationContext> baseContext =
                () -> dev.guidon.evaluation.EvaluationContext.EMPTY;

        private Builder(Supplier<FeatureFlags> source, boolean owned) {
            this.source = source;
            this.owned = owned;
        }

        /**
         * Sets how long the initialisation waits for flags to answer with. Flags that have some are not waited for.
         *
         * @param limit 10 seconds unless set; zero not to wait
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder readyWithin(Duration limit) {
            if (limit.isNegative()) {
                Problem.refuse(List.of(Problem.at("readyWithin", limit, "zero or more")));
            }
            readyWithin = limit;
            return this;
        }

        /**
         * Sets what evaluations tell of a flag besides its answer. It is made when a flag is first evaluated at a revision. Flags that do
         * not exist or are malformed have no metadata.
         *
         * @param metadata makes a flag's metadata at a revision; none where it throws. Unless set: {@code revision}, the number (a long), and
         *     {@code kind} and {@code owner} if the flag has them (strings)
         * @return this
         */
        public Builder metadata(BiFunction<Flag, Revision, ImmutableMetadata> metadata) {
            describe = metadata;
            return this;
        }

        /**
         * Sets what is known of the work at hand, such as a request, without anybody naming it.
         *
         * @param context gives it, at each evaluation and on the thread that evaluates. OpenFeature's contexts (of its API, the transaction,
         *     the client, the call and its hooks) go on top. Unless set, empty
         * @return this
         */
        public Builder baseContext(Supplier<dev.guidon.evaluation.EvaluationContext> context) {
            baseContext = context;
            return this;
        }

        /** {@return the provider; it does nothing before it is initialised} */
        public GuidonProvider build() {
            return new GuidonProvider(this);
        }
    }
}

package dev.guidon.testkit;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Explanation;
import dev.guidon.evaluation.FlagView;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.store.FlagStore;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Flags that a test sets as it likes. It takes the place of the {@link FlagView} that the application asks.
 *
 * <pre>{@code
 * TestFlags flags = TestFlags.over(store).set("new-checkout", true);
 * Shop shop = new Shop(flags);
 * try (var scope = flags.with("free-shipping", true)) { … }
 * }</pre>
 *
 * <p>What a test sets is served to everybody, whatever the context. A flag that it does not set is what it is underneath, and
 * unknown if it is not there. Flags underneath that depend on one which is set see what is set: it meets or fails their
 * prerequisites. Nothing is ever written to a store.
 *
 * <p>What is set belongs to this object, not to a thread: all threads that ask it see it. Tests that run in parallel are kept
 * apart by each having its own. Safe for use by many threads.
 */
public final class TestFlags extends AskedFlags {

    private final Supplier<Snapshot> underneath;
    private final Reads reads = new Reads();
    private volatile Overlay overlay;

    private TestFlags(Supplier<Snapshot> underneath) {
        this.underneath = underneath;
        this.overlay = Overlay.of(underneath.get(), Map.of());
    }

    /** {@return flags with nothing underneath: all are unknown until they are set} */
    public static TestFlags create() {
        return over(Definitions.of());
    }

    /**
     * {@return flags over definitions, of which none is set}
     *
     * @param definitions what is underneath, evaluated by the system's clock and without external segments
     */
    public static TestFlags over(Definitions definitions) {
        return over(Snapshot.of(definitions));
    }

    /**
     * Flags as {@link WithFlag} sets them for a test, for whoever runs tests in another way than {@link FlagsExtension} does, such as in an
     * application that has a store.
     *
     * @param definitions what is underneath
     * @param testClass the class of the test
     * @param method the test
     * @return the flags
     * @throws IllegalArgumentException if an annotation sets a flag to what it cannot be
     */
    public static TestFlags annotated(Definitions definitions, Class<?> testClass, Method method) {
        TestFlags flags = over(definitions);
        new TestAnnotations(testClass, method)
                .all(WithFlag.class)
                .map(Setting::of)
                .forEach(setting -> setting.applyTo(flags));
        return flags;
    }

    /**
     * {@return flags over a snapshot, of which none is set}
     *
     * @param snapshot what is underneath
     */
    public static TestFlags over(Snapshot snapshot) {
        return new TestFlags(() -> snapshot);
    }

    /**
     * {@return flags over those of an application, of which none is set}
     *
     * @param flags what is underneath, as it is at each read
     */
    public static TestFlags over(FeatureFlags flags) {
        return new TestFlags(flags::snapshot);
    }

    /**
     * Flags over a store. The store is asked at each read, so that a change is seen as soon as it is committed; when it cannot be
     * reached, what it said last is underneath.
     *
     * @param store what is underneath; it is only read, and stays the caller's to close
     * @return flags of which none is set
     * @throws dev.guidon.store.FlagStoreException if the store cannot be reached now
     */
    public static TestFlags over(FlagStore store) {
        return new TestFlags(new StoreReader(store));
    }

    /**
     * Sets a boolean flag.
     *
     * @param key the flag's key
     * @param value what everybody gets
     * @return this
     */
    public TestFlags set(String key, boolean value) {
        return set(key, FlagValue.of(value));
    }

    /**
     * Sets a string flag.
     *
     * @param key the flag's key
     * @param value what everybody gets: a value, not the name of a variant
     * @return this
     */
    public TestFlags set(String key, String value) {
        return set(key, FlagValue.of(value));
    }

    /**
     * Sets a flag that is a whole number.
     *
     * @param key the flag's key
     * @param value what everybody gets
     * @return this
     */
    public TestFlags set(String key, long value) {
        return set(key, FlagValue.of(value));
    }

    /**
     * Sets a flag that is a number.
     *
     * @param key the flag's key
     * @param value what everybody gets; finite
     * @return this
     */
    public TestFlags set(String key, double value) {
        return set(key, FlagValue.of(value));
    }

    /**
     * Sets a flag of any type.
     *
     * @param key the flag's key
     * @param value what everybody gets; it decides the type of a flag that is not defined underneath
     * @return this
     * @throws IllegalArgumentException if the flag has another type underneath, or the key is none
     */
    public TestFlags set(String key, FlagValue value) {
        return put(key, FixedFlag.serving(key, value, defined(key)));
    }

    /**
     * Sets a flag to one of the variants that it has underneath.
     *
     * @param key the flag's key
     * @param variant the name of the variant that everybody gets
     * @return this
     * @throws IllegalArgumentException if there is no such flag or variant underneath
     */
    public TestFlags variant(String key, String variant) {
        return put(key, FixedFlag.servingVariant(key, variant, defined(key)));
    }

    /**
     * Makes a flag again what it is underneath.
     *
     * @param key the flag's key; nothing happens if it is not set
     * @return this
     */
    public TestFlags clear(String key) {
        return put(key, null);
    }

    /**
     * Sets a boolean flag for a while.
     *
     * @param key the flag's key
     * @param value what everybody gets
     * @return undoes it when it is closed
     */
    public Scope with(String key, boolean value) {
        return with(key, FlagValue.of(value));
    }

    /**
     * Sets a string flag for a while.
     *
     * @param key the flag's key
     * @param value what everybody gets
     * @return undoes it when it is closed
     */
    public Scope with(String key, String value) {
        return with(key, FlagValue.of(value));
    }

    /**
     * Sets a flag of any type for a while, such as a number: {@code with("retries", FlagValue.of(3))}.
     *
     * @param key the flag's key
     * @param value what everybody gets
     * @return undoes it when it is closed
     */
    public Scope with(String key, FlagValue value) {
        Flag before = overlay.overrides().get(key);
        set(key, value);
        return () -> put(key, before);
    }

    /**
     * Makes every read of a flag that is neither set nor defined underneath throw an {@link AssertionError}, although a {@link
     * FlagView} never throws otherwise.
     *
     * @return this
     */
    public TestFlags failOnUndeclared() {
        reads.failOnUndeclared();
        return this;
    }

    /** {@return the flags that are set, as they would be defined in a store; by their keys} */
    public Map<String, Flag> overrides() {
        return overlay.overrides();
    }

    /** {@return the keys of all flags that were read, in the order in which they were first read; explanations are no reads} */
    public Set<String> reads() {
        return reads.all();
    }

    /** {@return the keys of the flags that were read when they were neither set nor defined underneath} */
    public Set<String> undeclaredReads() {
        return reads.undeclared().keySet();
    }

    /** What was read, for the extension to judge. */
    Reads recorded() {
        return reads;
    }

    @Override
    public Revision revision() {
        return underneath.get().revision();
    }

    @Override
    public Explanation explain(String key, EvaluationContext context) {
        return current().answering(key).explain(key, context);
    }

    @Override
    FlagView asked(String key) {
        Overlay now = current();
        reads.add(key, now.declares(key));
        return now.answering(key);
    }

    /** The flag as it is underneath. */
    Optional<Flag> defined(String key) {
        return underneath.get().definitions().flag(key);
    }

    private Overlay current() {
        Snapshot base = underneath.get();
        Overlay now = overlay;
        return now.base() == base ? now : rebased(base);
    }

    private synchronized Overlay rebased(Snapshot base) {
        overlay = Overlay.of(base, overlay.overrides());
        return overlay;
    }

    private synchronized TestFlags put(String key, @Nullable Flag flag) {
        overlay = overlay.with(key, flag);
        return this;
    }

    /** Something that is set for a while. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {

        /** Makes the flag what it was before. Scopes of the same flag are closed in reverse order. */
        @Override
        void close();
    }
}

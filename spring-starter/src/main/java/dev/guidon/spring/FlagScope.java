package dev.guidon.spring;

import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.FlagView;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One piece of work, such as a request, a job or a message: the flags that it sees, and whom it is for. Neither changes.
 *
 * <p>Every HTTP request has one. Others are begun by {@link CurrentFlags#enter}; {@link #of(FlagView, Supplier)} and {@link #bind()}
 * are for those who connect other kinds of work. What is bound to a thread is carried to others by Micrometer's context propagation,
 * where that is used. Safe for use by many threads.
 */
public final class FlagScope implements CurrentFlags {

    private static final Logger log = LoggerFactory.getLogger(FlagScope.class);

    private static final ThreadLocal<FlagScope> CURRENT = new ThreadLocal<>();

    private final FlagView view;
    private final Supplier<? extends @Nullable EvaluationContext> source;
    private final ReentrantLock resolving = new ReentrantLock();
    private volatile @Nullable EvaluationContext context;

    private FlagScope(FlagView view, Supplier<? extends @Nullable EvaluationContext> source) {
        this.view = view;
        this.source = source;
    }

    /**
     * Work whose context is known.
     *
     * @param view the flags that it sees, usually a snapshot
     * @param context whom it is for
     * @return the scope, bound to no thread
     */
    public static FlagScope of(FlagView view, EvaluationContext context) {
        FlagScope scope = new FlagScope(view, () -> context);
        scope.context = context;
        return scope;
    }

    /**
     * Work whose context is made when it is first asked for.
     *
     * @param view the flags that it sees, usually a snapshot
     * @param context makes the context; called until it gives one. While it gives null, since that is not known yet, the context is empty.
     *     If it throws, that is logged, and the context is empty for ever
     * @return the scope, bound to no thread
     */
    public static FlagScope of(FlagView view, Supplier<? extends @Nullable EvaluationContext> context) {
        return new FlagScope(view, context);
    }

    /** {@return the scope that is bound to the calling thread; null if none is} */
    public static @Nullable FlagScope current() {
        return CURRENT.get();
    }

    @Override
    public FlagView view() {
        return view;
    }

    /**
     * Whom the work is for. Made at the first call: call it before the work is handed to another thread, if the context is made of
     * what belongs to this one.
     *
     * @return the context; once it is known, always the same
     */
    @Override
    public EvaluationContext context() {
        EvaluationContext known = context;
        if (known != null) {
            return known;
        }
        if (resolving.isHeldByCurrentThread()) {
            // who helps to make the context asks for a flag: nobody is known yet
            return EvaluationContext.EMPTY;
        }
        resolving.lock();
        try {
            known = context;
            if (known == null) {
                known = made();
                context = known;
            }
            return known == null ? EvaluationContext.EMPTY : known;
        } finally {
            resolving.unlock();
        }
    }

    /**
     * Makes this the scope of the calling thread.
     *
     * @return what makes the scope before it current again; to be closed on the same thread
     */
    public Binding bind() {
        FlagScope before = CURRENT.get();
        CURRENT.set(this);
        return () -> set(before);
    }

    /**
     * Says that what the context would be made of is gone, such as a request that has been answered. If nobody has asked for the
     * context until now, it is empty for ever.
     */
    public void end() {
        if (context == null) {
            resolving.lock();
            try {
                if (context == null) {
                    context = EvaluationContext.EMPTY;
                }
            } finally {
                resolving.unlock();
            }
        }
    }

    /** Makes a scope that of the calling thread, or none. */
    static void set(@Nullable FlagScope scope) {
        if (scope == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(scope);
        }
    }

    private @Nullable EvaluationContext made() {
        try {
            return source.get();
        } catch (Throwable failure) {
            log.warn("The evaluation context could not be made; flags are evaluated for nobody in particular", failure);
            return EvaluationContext.EMPTY;
        }
    }

    /** {@return how far the context is made; not its content, which may be private} */
    @Override
    public String toString() {
        EvaluationContext known = context;
        return "FlagScope[" + view.revision() + ", " + (known == null ? "context not asked for yet" : known) + "]";
    }

    /** A scope that is bound to a thread. */
    @FunctionalInterface
    public interface Binding extends AutoCloseable {

        /** Makes the scope before it current again. */
        @Override
        void close();
    }
}

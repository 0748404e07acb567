package dev.guidon.audit;

import dev.guidon.store.ChangeLog;
import dev.guidon.store.FlagStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;

/** A fault that strikes at the n-th call of what a relay calls, on the relay's own threads only. */
final class Injected {

    /** What strikes. */
    @FunctionalInterface
    interface Fault {
        void strike() throws Throwable;
    }

    private final String thread;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Fault fault = () -> {};

    /** None yet, for threads with a part of their name. */
    Injected(String thread) {
        this.thread = thread;
    }

    /** The fault strikes once, at the n-th call from now. */
    void arm(int call, Fault newFault) {
        calls.set(0);
        fault = newFault;
        calls.set(call);
    }

    boolean hasStruck() {
        return calls.get() <= 0;
    }

    /** Strikes if it is time. */
    void call() {
        if (Thread.currentThread().getName().contains(thread)
                && calls.getAndUpdate(left -> left == 0 ? 0 : left - 1) == 1) {
            try {
                fault.strike();
            } catch (Throwable e) {
                throw Injected.<RuntimeException>unchecked(e);
            }
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as a throwable that no signature names is thrown
    private static <T extends Throwable> T unchecked(Throwable e) throws T {
        throw (T) e;
    }

    /** The store, which this strikes in. */
    FlagStore around(FlagStore store) {
        ChangeLog real = store.changes();
        return with(store, proxy(ChangeLog.class, (proxy, method, arguments) -> {
            call();
            return invoke(real, method, arguments);
        }));
    }

    /** The store, in whose log one call fails always. */
    static FlagStore refusing(FlagStore store, String call, Fault refusal) {
        ChangeLog real = store.changes();
        ChangeLog log = proxy(ChangeLog.class, (proxy, method, arguments) -> {
            if (method.getName().equals(call)) {
                refusal.strike();
            }
            return invoke(real, method, arguments);
        });
        return with(store, log);
    }

    private static FlagStore with(FlagStore store, ChangeLog log) {
        return proxy(
                FlagStore.class,
                (proxy, method, arguments) ->
                        method.getName().equals("changes") ? log : invoke(store, method, arguments));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Injected.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** A clock that this strikes in. */
    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneId.of("UTC");
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                call();
                return Instant.now();
            }
        };
    }
}

package dev.guidon.benchmarks;

/**
 * A system under measurement, set up as its own documentation recommends, with the flags of all workloads that it can do, which {@link Contenders} tells. Safe for use by
 * several threads.
 *
 * @param <C> what it takes for whom a flag is asked
 */
abstract class Contender<C> implements AutoCloseable {

    /** What it takes for whom a flag is asked, made as an application would for each request. */
    abstract C context(User user);

    /** {@link Workload#PLAIN}: true. */
    abstract boolean plain(C context);

    /** {@link Workload#RULES}: true by the third rule. */
    boolean rules(C context) {
        throw new UnsupportedOperationException();
    }

    /** {@link Workload#HALF}: true for half of the users, the same ones every time. */
    boolean half(C context) {
        throw new UnsupportedOperationException();
    }

    /** {@link Workload#VARIANTS}: {@code a}, {@code b}, {@code c} or {@code d}. */
    String variants(C context) {
        throw new UnsupportedOperationException();
    }

    /** {@link Workload#UNKNOWN}: the caller's default, which is false. */
    abstract boolean unknown(C context);

    /** {@link Workload#LIST}: whether the user is listed. */
    boolean list(C context) {
        throw new UnsupportedOperationException();
    }

    /** Asks by number, for checks; measurements call the methods themselves. */
    final Object ask(Workload workload, C context) {
        return switch (workload) {
            case PLAIN -> plain(context);
            case RULES -> rules(context);
            case HALF -> half(context);
            case VARIANTS -> variants(context);
            case UNKNOWN -> unknown(context);
            case LIST -> list(context);
        };
    }

    @Override
    public void close() {}
}

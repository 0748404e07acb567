package dev.guidon.benchmarks;

/** One fork of JMH: the median of its iterations, per evaluation. */
record Result(Contenders contender, Workload workload, Mode mode, int round, double nanos, double bytes) {

    /** How it was asked. */
    enum Mode {
        PREBUILT("prebuilt context, one thread", "", 1),
        BUILT("context built per call, one thread", "Built", 1),
        TWO_THREADS("prebuilt context, two threads", "", 2);

        final String title;
        final String suffix;
        final int threads;

        Mode(String title, String suffix, int threads) {
            this.title = title;
            this.suffix = suffix;
            this.threads = threads;
        }
    }
}

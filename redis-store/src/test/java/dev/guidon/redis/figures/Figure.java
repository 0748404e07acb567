package dev.guidon.redis.figures;

/** Something that is measured, on a server of its own. */
@FunctionalInterface
interface Figure {
    void measure(Report report) throws Exception;
}

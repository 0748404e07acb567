package dev.guidon.audit.figures;

/** Something that is measured. */
@FunctionalInterface
interface Figure {

    /** Measures, and adds rows to the report. */
    void measure(Report report) throws Exception;
}

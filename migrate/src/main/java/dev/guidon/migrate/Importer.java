package dev.guidon.migrate;

import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * A format of another system that flags can be imported from.
 *
 * <p>An import never throws, whatever the text. Everything in it is imported, imported with a remark, or refused with the reason.
 */
@SuppressWarnings("ImmutableEnumChecker") // method references without state
public enum Importer {
    /** LaunchDarkly: the data of its server-side SDKs, an object with {@code flags} and {@code segments}; also its file data source. */
    LAUNCHDARKLY(LaunchDarkly::read),
    /** Unleash: the answer of its client features API. */
    UNLEASH(Unleash::read),
    /** The universal flag configuration of Eppo and Datadog. */
    UFC(Ufc::read),
    /** flagd: flag definitions with their targeting rules. */
    FLAGD(Flagd::read);

    private final BiConsumer<Node, ImportLog> reading;

    Importer(BiConsumer<Node, ImportLog> reading) {
        this.reading = reading;
    }

    /**
     * Makes Guidon definitions of another system's flags.
     *
     * @param json the text of the export
     * @return the definitions, and what became of everything in the text
     */
    public Imported read(String json) {
        ImportLog log = new ImportLog();
        Node document = ExportText.read(json, log);
        if (document != null) {
            reading.accept(document, log);
        }
        return log.imported();
    }

    /** {@return the name on the command line: {@code launchdarkly}, {@code unleash}, {@code ufc}, {@code flagd}} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

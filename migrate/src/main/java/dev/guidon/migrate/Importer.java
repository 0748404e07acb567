package dev.guidon.migrate;

import dev.guidon.definition.Problem;
import dev.guidon.migrate.FlagdDocuments.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A format of another system that flags can be imported from.
 *
 * <p>An import never throws, whatever the text. Everything in it is imported, imported with a remark, or refused with the reason.
 */
@SuppressWarnings("ImmutableEnumChecker") // method references without state
public enum Importer {
    /** LaunchDarkly: the data of its server-side SDKs, an object with {@code flags} and {@code segments}; also its file data source,
     * and what its REST API lists. */
    LAUNCHDARKLY(LaunchDarkly::read),
    /** Unleash: the answer of its client features API, or what its admin API exports. */
    UNLEASH(Unleash::read),
    /** The universal flag configuration of Eppo and Datadog. */
    UFC(single(Ufc::read)),
    /** flagd: flag definitions with their targeting rules, in JSON, YAML or Kubernetes resources. */
    FLAGD(Flagd::read);

    private final Reading reading;

    Importer(Reading reading) {
        this.reading = reading;
    }

    /** A format whose exports are one document for one environment. */
    private static Reading single(BiConsumer<Node, ImportLog> reading) {
        return (documents, environment, log) -> {
            if (environment != null) {
                log.refuse(
                        ImportLog.EXPORT,
                        List.of(new Problem("environment", environment, "none: the export is for one environment")));
            } else if (documents.size() != 1) {
                log.refuse(ImportLog.EXPORT, List.of(new Problem("", documents.size() + " documents", "one")));
            } else {
                reading.accept(documents.get(0), log);
            }
        };
    }

    /**
     * Makes Guidon definitions of another system's flags.
     *
     * @param json the text of the export
     * @return the definitions, and what became of everything in the text
     */
    public Imported read(String json) {
        return read(List.of(json), null);
    }

    /**
     * Makes Guidon definitions of another system's flags, whose export is in several texts or for several environments.
     *
     * @param texts the texts of the export
     * @param environment which environment of the export; null if it has only one
     * @return the definitions, and what became of everything in the texts
     */
    public Imported read(List<String> texts, @Nullable String environment) {
        ImportLog log = new ImportLog();
        List<Node> documents = new ArrayList<>();
        for (String text : texts) {
            for (Part part : this == FLAGD ? FlagdDocuments.split(text) : List.of(new Part(text, 0))) {
                String root = documents.isEmpty() ? "" : "documents[" + documents.size() + "]";
                Node document = this == FLAGD && FlagdDocuments.isYaml(part.text())
                        ? ExportText.readYaml(part, root, log)
                        : ExportText.read(part.text(), part.line(), root, log);
                if (document == null) {
                    return log.imported();
                }
                documents.add(document);
            }
        }
        reading.read(documents, environment, log);
        return log.imported();
    }

    /** {@return the name on the command line: {@code launchdarkly}, {@code unleash}, {@code ufc}, {@code flagd}} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the documents of an export. */
    private interface Reading {
        void read(List<Node> documents, @Nullable String environment, ImportLog log);
    }
}

package dev.guidon.migrate;

import dev.guidon.definition.Definitions;
import dev.guidon.migrate.Finding.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an import made, and what became of every flag and segment of the export.
 *
 * @param definitions all that was imported, without revision; {@link dev.guidon.json.FlagFormat} reads and writes each of them
 * @param findings one for each flag and segment, in the order of the export, and one for whatever else was refused
 * @param readable whether the text was JSON at all; if not, nothing was imported
 */
public record Imported(Definitions definitions, List<Finding> findings, boolean readable) {

    /** Copies the findings. */
    public Imported {
        findings = List.copyOf(findings);
    }

    /**
     * Counts findings.
     *
     * @param outcome of which outcome
     * @return how many
     */
    public long count(Outcome outcome) {
        return findings.stream().filter(finding -> finding.outcome() == outcome).count();
    }

    /** {@return the findings for people, one or more lines each, and the counts at the end} */
    public String report() {
        String lines = findings.stream().map(finding -> finding + "\n").collect(Collectors.joining());
        return lines + count(Outcome.IMPORTED) + " imported, " + count(Outcome.REMARKED) + " imported with a remark, "
                + count(Outcome.LOSSY) + " imported with a loss, "
                + count(Outcome.REFUSED) + " refused\n";
    }
}

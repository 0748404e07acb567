package dev.guidon.audit;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.audit.FlagChangeEvent.Entry;
import dev.guidon.audit.FlagHistory.Past;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.json.FlagFormat;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** A program that verifies an audit topic, and tells from it what flags were and what happened to them. */
public final class AuditTool {

    private static final String USAGE = """
            Reads the audit trail of feature flags in a Kafka topic.

              verify                               whether the trails are whole
              flags [--revision N | --at INSTANT]  flags and segments as they were, as YAML; without both the newest
              history flag/KEY | segment/KEY       what happened to one of them

              --bootstrap-server HOST:PORT  a broker
              --topic TOPIC                 guidon-audit unless given
              --namespace NAMESPACE         whose trail; all for verify unless given
              --config FILE                 properties of a Kafka client, for security and the like

            Ends with 0 if all is well, 1 if a trail is not whole or a state not complete, 2 if it was called wrongly, 3 if the
            topic cannot be read.
            """;

    private static final int WELL = 0;
    private static final int NOT_WHOLE = 1;
    private static final int WRONG_USAGE = 2;
    private static final int NOT_READABLE = 3;

    private final ToolArguments arguments;
    private final PrintStream out;
    private final PrintStream err;

    private AuditTool(ToolArguments arguments, PrintStream out, PrintStream err) {
        this.arguments = arguments;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the program and ends the process.
     *
     * @param args the command and its options; {@code --help} lists them
     */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    /** Runs the program and gives the exit code. */
    static int run(String[] args, PrintStream out, PrintStream err) {
        if (List.of(args).contains("--help")) {
            out.print(USAGE);
            return WELL;
        }
        try {
            return new AuditTool(ToolArguments.of(args), out, err).run();
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println("--help tells more");
            return WRONG_USAGE;
        }
    }

    private int run() {
        ClientSettings settings = arguments.settings();
        Long revision = arguments.revision();
        Instant at = arguments.at();
        try {
            if (arguments.command().equals("verify")) {
                AuditVerifier verifier = new AuditVerifier(arguments.namespace());
                TopicScan.read(settings.consumer(), arguments.topic(), verifier::add);
                return verified(verifier.report());
            }
            FlagHistory history = new FlagHistory(Objects.requireNonNull(arguments.namespace()));
            TopicScan.read(settings.consumer(), arguments.topic(), history::add);
            history.unreadable().forEach(broken -> err.println(Shown.message(broken.toString())));
            Revision newest = history.newest();
            if (newest == null) {
                return nothing();
            }
            return arguments.command().equals("flags") ? flags(history, revision, at) : history(history);
        } catch (KafkaException e) {
            err.println(Shown.message(settings.masked(message(e))));
            return NOT_READABLE;
        }
    }

    private int nothing() {
        String namespace = arguments.namespace();
        err.println((namespace == null ? "" : "namespace " + Shown.part(namespace) + ": ") + "found no record in topic "
                + Shown.part(arguments.topic()));
        return NOT_WHOLE;
    }

    private int verified(AuditReport report) {
        if (report.records() == 0) {
            return nothing();
        }
        report.findings().forEach(out::println);
        out.println(Shown.part(arguments.topic()) + ": " + report.records()
                + (report.records() == 1 ? " record, " : " records, ") + (report.isWhole() ? "whole" : "not whole"));
        return report.isWhole() ? WELL : NOT_WHOLE;
    }

    private int flags(FlagHistory history, @Nullable Long revision, @Nullable Instant at) {
        Past past = revision != null ? history.at(revision) : history.at(at == null ? Instant.MAX : at);
        out.println("# " + Shown.part(String.valueOf(arguments.namespace())) + " at revision "
                + past.definitions().revision());
        out.print(FlagFormat.writeYaml(past.definitions()));
        if (!past.complete()) {
            err.println("incomplete: the trail does not have all changes up to there");
        }
        return past.complete() ? WELL : NOT_WHOLE;
    }

    private int history(FlagHistory history) {
        history.of(Objects.requireNonNull(arguments.definition())).forEach(event -> {
            if (event instanceof Changed changed) {
                out.println(line(changed.entry(), changed.type().word()));
                if (changed.patch() != null) {
                    out.println("    " + Shown.whole(changed.patch()));
                }
            } else if (event instanceof Break broken) {
                out.println(line(broken.entry(), "the trail is broken: " + broken.cause()));
            }
        });
        boolean complete = history.at(Instant.MAX).complete();
        if (!complete) {
            err.println("incomplete: the trail does not have all changes");
        }
        return complete ? WELL : NOT_WHOLE;
    }

    /** In one line, whatever an actor or a reason holds. */
    private static String line(Entry entry, String what) {
        String text = entry.at() + "  " + entry.revision() + "  " + what + "  by " + entry.actor()
                + (entry.reason() == null ? "" : ": " + entry.reason());
        return Shown.message(text);
    }

    private static String message(Throwable failure) {
        StringBuilder message = new StringBuilder(String.valueOf(failure.getMessage()));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            message.append(": ").append(cause.getMessage());
        }
        return message.toString();
    }
}

package dev.guidon.json;

import dev.guidon.definition.About;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagKind;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Prerequisite;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a flag. */
final class FlagReader {

    private static final Flag PLACEHOLDER = Flag.bool("placeholder", false);
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private FlagReader() {}

    static Flag read(String key, Fields fields) {
        FlagType given = fields.at("type").choice(FlagType.values());
        Report report = fields.report();
        boolean anyType = fields.failed("type");
        FlagType type = anyType ? FlagType.JSON : given == null ? FlagType.BOOLEAN : given;
        About about = about(fields);
        boolean enabled = fields.at("enabled").bool(false);
        boolean archived = fields.at("archived").bool(false);
        Map<String, FlagValue> variants = variants(fields.at("variants"));
        Map<String, String> errors = errors(fields.at("errors"));
        String offVariant = fields.at("offVariant").text();
        String salt = fields.at("salt").text();
        List<Prerequisite> prerequisites =
                fields.at("prerequisites").list("a list of {flag, variants}", FlagReader::prerequisite);
        List<Rule> rules = fields.at("rules").list("a list of rules", FlagReader::rule);
        Node last = fields.at("fallthrough");
        Serve fallthrough = last.absent() ? null : ServeReader.read(last);
        Redaction.read(fields);
        Extra extra = fields.extra();
        boolean variantsFailed = fields.failed("variants") && variants.isEmpty();
        boolean anyVariant = anyType || variantsFailed || fields.failed("errors");
        return report.build(
                Place.ROOT,
                PLACEHOLDER,
                () -> new Flag(
                        key,
                        type,
                        about,
                        enabled,
                        archived,
                        variants,
                        errors,
                        offVariant,
                        salt,
                        prerequisites,
                        rules,
                        fallthrough,
                        extra),
                path -> anyVariant && namesVariant(path) ? null : path.equals("key") ? "" : path);
    }

    private static boolean namesVariant(String path) {
        return path.equals("offVariant") || path.endsWith("].serve") || path.equals("fallthrough");
    }

    private static About about(Fields fields) {
        FlagKind kind = fields.at("kind").choice(FlagKind.values());
        String description = fields.at("description").text();
        String owner = fields.at("owner").text();
        List<String> tags = fields.at("tags").texts();
        LocalDate expires = date(fields.at("expires"));
        List<Attribute> sensitive = AttributeReader.readSensitive(fields);
        return fields.report()
                .build(Place.ROOT, About.NOTHING, () -> new About(description, kind, owner, tags, expires, sensitive));
    }

    private static @Nullable LocalDate date(Node node) {
        String text = node.text();
        if (text == null) {
            return null;
        }
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException e) {
            // told below, like any other text that is no date
        }
        node.refuse("a date like 2027-01-31");
        return null;
    }

    private static Map<String, FlagValue> variants(Node node) {
        Fields fields = node.absent() ? null : node.object("an object: variant names to values");
        return fields == null ? Map.of() : fields.values("a value");
    }

    private static Map<String, String> errors(Node node) {
        Fields fields = node.absent() ? null : node.object("an object: names to messages");
        return fields == null ? Map.of() : fields.texts("a message");
    }

    private static Prerequisite prerequisite(Node node) {
        Prerequisite placeholder = new Prerequisite("placeholder", List.of(Report.PLACEHOLDER));
        Fields fields = node.object("an object: {flag, variants}");
        if (fields == null) {
            return placeholder;
        }
        String flag = fields.at("flag").text("a flag's key");
        List<String> variants = fields.at("variants").texts();
        Extra extra = fields.extra();
        return node.build(placeholder, () -> new Prerequisite(flag, variants, extra));
    }

    private static Rule rule(Node node) {
        Serve nothing = new Serve.Variant(Report.PLACEHOLDER);
        Fields fields = node.object("an object: a rule");
        if (fields == null) {
            return new Rule(null, null, null, null, nothing, Extra.NONE);
        }
        String id = fields.at("id").text();
        String description = fields.at("description").text();
        var when = ConditionReader.readOptional(fields.at("when"));
        var rollout = RolloutReader.readOptional(fields.at("rollout"));
        Serve serve = ServeReader.read(fields.at("serve"));
        Extra extra = fields.extra();
        Rule noId = new Rule(null, null, null, null, serve, Extra.NONE);
        Rule core = node.build(noId, () -> new Rule(id, null, null, null, serve, Extra.NONE));
        return node.build(core, () -> new Rule(id, description, when, rollout, serve, extra));
    }
}

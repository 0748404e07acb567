package dev.guidon.json;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Bucketing;
import java.util.List;

/** Reads how contexts are put into buckets, from the fields of a rollout, a split or a bucket condition. */
final class AssignmentReader {

    private AssignmentReader() {}

    static Assignment read(Node node, Fields fields, String saltField) {
        if (fields.present(List.of("by", "fallback", "whenMissing", saltField, "bucketing"))
                .isEmpty()) {
            return Assignment.BY_KEY;
        }
        List<Attribute> by = AttributeReader.readAll(fields.at("by"), List.of(Attribute.KEY));
        List<Attribute> fallback = AttributeReader.readAll(fields.at("fallback"), List.of());
        var whenMissing = fields.at("whenMissing").choice(Assignment.WhenMissing.values());
        String salt = fields.at(saltField).text();
        Bucketing bucketing = BucketingReader.read(fields.at("bucketing"));
        return node.build(
                new Assignment(List.of(Attribute.KEY), List.of(), null, Report.PLACEHOLDER, bucketing),
                () -> new Assignment(by, fallback, whenMissing, salt, bucketing),
                path -> path.equals("salt") ? saltField : path);
    }
}

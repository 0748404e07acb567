package dev.guidon.json;

import dev.guidon.definition.Attribute;
import java.util.List;

/** Reads which attribute is meant: a name, or a list that is a path verbatim. */
final class AttributeReader {

    private static final String ALLOWED = "an attribute's name, or a list of names (a path)";

    private AttributeReader() {}

    static Attribute read(Node node) {
        if (node.isList()) {
            List<String> names = node.texts();
            return node.build(Attribute.KEY, () -> new Attribute.Path(names));
        }
        String name = node.text(ALLOWED);
        return node.build(Attribute.KEY, () -> new Attribute.Named(name));
    }

    static Attribute read(Node node, Attribute absent) {
        return node.absent() ? absent : read(node);
    }

    /** The attributes whose values are personal data. */
    static List<Attribute> readSensitive(Fields fields) {
        return fields.at("sensitive").list("a list of attributes, each " + ALLOWED, AttributeReader::read);
    }

    /** One name, or a list of attributes. */
    static List<Attribute> readAll(Node node, List<Attribute> absent) {
        if (node.absent()) {
            return absent;
        }
        return node.isList() ? node.list("", AttributeReader::read) : List.of(read(node));
    }
}

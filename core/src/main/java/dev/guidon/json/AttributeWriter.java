package dev.guidon.json;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.FlagValue;
import java.util.List;

/** Writes which attribute is meant. */
final class AttributeWriter {

    private AttributeWriter() {}

    /** A name, or a list that is a path. */
    static FlagValue attribute(Attribute attribute) {
        return attribute instanceof Attribute.Named named
                ? FlagValue.of(named.name())
                : FlagValue.of(((Attribute.Path) attribute).names());
    }

    /** The field {@code by} of one attribute, unless it is the targeting key. */
    static void put(ObjectWriter fields, Attribute by) {
        if (!by.equals(Attribute.KEY)) {
            fields.put("by", attribute(by));
        }
    }

    /** The field {@code sensitive}, unless it is empty. */
    static void putSensitive(ObjectWriter fields, List<Attribute> sensitive) {
        fields.put(
                "sensitive", sensitive.stream().map(AttributeWriter::attribute).toList());
    }

    /** A name alone, or a list of attributes. */
    static FlagValue attributes(List<Attribute> attributes) {
        return attributes.size() == 1 && attributes.get(0) instanceof Attribute.Named named
                ? FlagValue.of(named.name())
                : new FlagValue.Array(
                        attributes.stream().map(AttributeWriter::attribute).toList());
    }
}

package dev.guidon.json;

import org.jspecify.annotations.Nullable;

/**
 * Where a value stands. Its text is made when somebody asks, which is when something is wrong.
 *
 * @param outer what it is in; null for the outermost
 * @param name the field's name; the text of the outermost; null for an element
 * @param index the position of an element
 */
record Place(@Nullable Place outer, @Nullable String name, int index) {

    static final Place ROOT = outermost("");

    static Place outermost(String text) {
        return new Place(null, text, 0);
    }

    Place field(String field) {
        return new Place(this, field, 0);
    }

    Place element(int position) {
        return new Place(this, null, position);
    }

    /** {@return the path, for example {@code rules[0].when.all}} */
    @Override
    public String toString() {
        if (outer == null) {
            return String.valueOf(name);
        }
        String path = outer.toString();
        if (name == null) {
            return path + "[" + index + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }
}

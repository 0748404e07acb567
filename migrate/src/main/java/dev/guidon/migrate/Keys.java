package dev.guidon.migrate;

/** Turns the names of other systems into keys of Guidon. */
final class Keys {

    private Keys() {}

    /**
     * The key for a name: the name itself if it can be one, else with {@code _x} and {@code _} around the hexadecimal number of every
     * character that a key cannot have there.
     */
    static String of(String name) {
        StringBuilder key = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
            boolean everywhere = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
            boolean inside = key.length() > 0 && (c == '.' || c == '-' || c == '/');
            if (everywhere || inside) {
                key.appendCodePoint(c);
            } else {
                key.append("_x").append(Integer.toHexString(c)).append('_');
            }
        });
        return key.toString();
    }

    /** The key for the name in a node, with a remark if it is another than the name. */
    static String of(String name, Node node) {
        String key = of(name);
        if (!key.equals(name)) {
            node.remark("its key is " + key + " here, since \"" + name + "\" cannot be a key");
        }
        return key;
    }
}

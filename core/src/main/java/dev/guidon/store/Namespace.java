package dev.guidon.store;

import dev.guidon.definition.Problem;
import dev.guidon.definition.Shown;
import java.util.List;

/** What a namespace may be called: it names threads and is in many log lines. */
final class Namespace {

    private Namespace() {}

    static String check(String name) {
        if (name.isBlank() || !Shown.part(name).equals(name)) {
            Problem.refuse(List.of(Problem.at(
                    "namespace",
                    name,
                    "1 to 240 characters, not blank, without line breaks and other characters that cannot be seen")));
        }
        return name;
    }
}

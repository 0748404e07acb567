package dev.guidon.migrate;

import java.util.List;

/** Reads the data of LaunchDarkly's server-side SDKs. */
final class LaunchDarkly {

    private LaunchDarkly() {}

    static void read(Node document, ImportLog log) {
        log.refuse(ImportLog.EXPORT, List.of(dev.guidon.definition.Problem.at("", document.value(), "nothing yet")));
    }
}

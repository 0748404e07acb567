package archviolations.definition;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

record Logging(String name) {
    void log() {
        Logger logger = LoggerFactory.getLogger(name);
        logger.debug("a record that logs");
    }

    static final class Nested {}
}

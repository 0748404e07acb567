package archviolations.json;

import com.google.re2j.Pattern;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.util.JsonParserDelegate;

public interface Leaks {
    abstract class Parameter {
        protected abstract void read(JsonParser parser);
    }

    interface Result {
        Pattern[] patterns();
    }

    interface TypeArgument {
        List<? extends JsonParser> parsers();
    }

    interface Thrown {
        void read() throws JacksonException;
    }

    class Superclass extends JsonParserDelegate {
        Superclass(JsonParser parser) {
            super(parser);
        }
    }

    final class Field {
        public static final List<Pattern> PATTERNS = List.of();

        private Field() {}
    }

    record Component(Pattern pattern) {}

    final class Hidden {
        private final JsonParser parser;

        Hidden(JsonParser parser) {
            this.parser = parser;
        }

        JsonParser parser() {
            return parser;
        }
    }
}

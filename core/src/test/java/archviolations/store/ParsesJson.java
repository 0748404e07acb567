package archviolations.store;

import tools.jackson.core.JsonParser;

record ParsesJson(JsonParser parser) {}

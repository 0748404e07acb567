package archviolations.evaluation;

import java.nio.file.Path;

record ReadsFiles(Path path) {}

package archviolations.evaluation;

import java.nio.file.FileSystem;

record ReadsFiles(FileSystem files) {}

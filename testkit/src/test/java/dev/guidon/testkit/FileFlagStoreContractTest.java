package dev.guidon.testkit;

import dev.guidon.store.FileFlagStore;
import dev.guidon.store.FlagStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The file store")
class FileFlagStoreContractTest {

    @Nested
    @DisplayName("on YAML")
    class Yaml extends OnFile {
        Yaml() {
            super("flags.yaml");
        }
    }

    @Nested
    @DisplayName("on JSON")
    class Json extends OnFile {
        Json() {
            super("flags.json");
        }
    }

    abstract static class OnFile extends FlagStoreContract {

        private final String name;
        private int files;

        @TempDir
        Path directory;

        OnFile(String name) {
            this.name = name;
        }

        private FlagStore open(String file, int logLength) {
            return FileFlagStore.builder(directory.resolve(file))
                    .createIfMissing(true)
                    .pollInterval(Duration.ofMillis(5))
                    .logLength(logLength)
                    .open();
        }

        @Override
        protected FlagStore open() {
            return open(files++ + name, 10_000);
        }

        @Override
        protected FlagStore openAnother(FlagStore store) {
            return open("0" + name, 10_000);
        }

        @Override
        protected Optional<FlagStore> reopen() {
            return Optional.of(open("0" + name, 10_000));
        }

        @Override
        protected Optional<FlagStore> openWithLogLength(int logLength) {
            return Optional.of(open(files++ + name, logLength));
        }

        @Override
        protected int updatesPerWriter() {
            // Each of them waits for the disk.
            return 20;
        }
    }
}

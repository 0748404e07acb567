package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import dev.guidon.json.FlagFormatException;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.FileFlagStore;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.InMemoryFlagStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@DisplayName("Messages and log lines stay on one line, whatever keys, names and values are like")
@Timeout(60)
class OneLineTest {

    private static final String FORGED = "\n2026-01-01 00:00:00 INFO all is well";

    @TempDir
    Path directory;

    private final Logger root = (Logger) LoggerFactory.getLogger("dev.guidon");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a" + FORGED,
                "b\r\u0085\u2028\u2029" + FORGED,
                "c\u001b[2K\u202e\u2066",
                "\u0000\u000b\u000c\t\u007f",
                "d\ud83d",
                "\uD83D\uDE80\uD83D\uDC69\u200D\uD83D\uDCBB"
            })
    void sweep(String hostile) throws Exception {
        readsText(hostile);
        opensFiles(hostile);
        evaluates(hostile);
        edits(hostile);

        said.addAll(List.copyOf(log.list).stream()
                .flatMap(event -> java.util.stream.Stream.of(event.getFormattedMessage(), event.getThreadName()))
                .toList());
        assertThat(said).hasSizeGreaterThan(20).allSatisfy(OneLineTest::isOneLine);
        boolean readable = hostile.startsWith("\uD83D\uDE80");
        assertThat(said).anyMatch(line -> line.contains(readable ? hostile : "\\u") || line.contains("\\n2026"));
    }

    private void readsText(String hostile) {
        String name = new FlagValue.Obj(Map.of(hostile, FlagValue.of(hostile))).toString();
        String key = FlagValue.of(hostile).toString();
        List<String> texts = List.of(
                "{\"flags\":" + name + "}",
                "{\"flags\":{" + key + ":{\"enabled\":" + key + ",\"variants\":" + name + "}}}",
                "{\"flags\":{" + key + ":{" + key + ":1}}}",
                "{\"flags\":{\"f\":{\"enabled\":true,\"type\":" + key + ",\"rules\":[{\"serve\":" + key + "}]}}}",
                "{\"flags\":{\"f\":{\"enabled\":true,\"rules\":[{\"when\":{" + key + ":1},\"serve\":\"on\"}]}}}",
                "{\"segments\":{" + key + ":{}},\"format\":" + key + "}",
                "{" + key + ": 1, " + key + ": 2}",
                "{\"flags\": " + hostile,
                hostile);
        for (String text : texts) {
            refused(() -> FlagFormat.parseJson(text));
            refused(() -> FlagFormat.parseYaml(text));
        }
    }

    private void opensFiles(String hostile) throws Exception {
        String key = FlagValue.of(hostile).toString().replace("\u007f", "\\u007f");
        String flag = key + ": {enabled: " + key + "}";
        Path file = Files.writeString(directory.resolve("flags.yaml"), "flags: {" + flag + ", f: {" + key + ": 1}}");
        refused(() -> {
            try (FileFlagStore store = FileFlagStore.open(file)) {
                DefinitionKey id = DefinitionKey.flag(hostile);
                Change change = new Change.Put(
                        new Malformed(id, "x", List.of(new Problem("", hostile, ""))), new Version(7, hostile));
                refused(() -> store.commit(ChangeSet.of("me", hostile, List.of(change))));
                refused(() -> store.commit(ChangeSet.of(hostile, null, List.of(change))));
                refused(() -> store.changes().retain(hostile, Revision.initial(hostile)));
                refused(() -> FlagEditor.of(store, "me").set(hostile, true));
                Files.writeString(file, "flags: {" + hostile);
                store.changes().retain(hostile, store.changes().head());
                said.add(String.valueOf(store.status().problem()));
            }
        });
        String name = hostile.replace("\u0000", "").replace("\ud83d", "");
        if (!hostile.contains("\ud83d") && canBeFile(name)) {
            opensFolder(name, flag);
        }
    }

    private boolean canBeFile(String name) {
        try {
            return Files.notExists(directory.resolve(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private void opensFolder(String hostile, String flag) throws Exception {
        Path folder = Files.createDirectory(directory.resolve(hostile));
        refused(() -> FileFlagStore.open(folder));
        refused(() -> FileFlagStore.open(folder.resolve("x.txt")));
        refused(() -> FileFlagStore.open(folder.resolve("no.yaml")));
        Files.writeString(folder.resolve(hostile + ".yaml"), "flags: {" + flag + "}");
        Files.writeString(folder.resolve("x.yaml"), "flags: {" + flag + "}");
        refused(() -> FileFlagStore.open(folder));
        Files.delete(folder.resolve("x.yaml"));
        try (FileFlagStore store = FileFlagStore.open(folder);
                FeatureFlags flags = FeatureFlags.builder(store)
                        .startMode(StartMode.waitUpTo(Duration.ofSeconds(20)))
                        .lastKnownGood(folder)
                        .build()) {
            said.add(store.namespace());
            refused(() -> store.commit(ChangeSet.of(
                    "me", null, List.of(new Change.Remove(DefinitionKey.flag("x"), new Version(1, "c1"))))));
            flags.isEnabled(hostile);
        }
        Path own = Files.writeString(folder.resolve("own" + hostile + ".yaml"), "flags: {" + flag + "}");
        try (FileFlagStore store = FileFlagStore.open(own)) {
            said.add(String.valueOf(store.status().problem()));
        }
        Files.writeString(folder.resolve("own" + hostile + ".yaml.log"), "damaged");
        FileFlagStore.open(own).close();
    }

    private void evaluates(String hostile) {
        DefinitionKey id = DefinitionKey.flag(hostile);
        Malformed malformed = new Malformed(id, hostile, List.of(new Problem(hostile, hostile, hostile)));
        Definitions flags = new Definitions(
                Revision.NONE,
                Map.of(
                        hostile,
                        new Versioned(malformed, new Version(1, "c1")),
                        "f",
                        new Versioned(
                                FlagFormat.read(DefinitionKey.flag("f"), """
                                {"type": "string", "enabled": true, "variants": {"v": %s},
                                 "rules": [{"when": {"attribute": "a", "equals": "b"}, "serve": "v"}], "fallthrough": "v"}
                                """.formatted(FlagValue.of(hostile))),
                                new Version(1, "c1"))),
                Map.of(),
                dev.guidon.definition.Extra.NONE);
        Snapshot snapshot = Snapshot.of(flags);
        EvaluationContext context =
                EvaluationContext.builder(hostile).set("a", hostile).build();
        said.add(String.valueOf(
                snapshot.getBooleanDetails(hostile, false, context).errorMessage()));
        said.add(String.valueOf(
                snapshot.getBooleanDetails("no" + hostile, false, context).errorMessage()));
        said.add(String.valueOf(snapshot.getBooleanDetails("f", false, context).errorMessage()));
        snapshot.explain("f", context).toString().lines().forEach(said::add);
        assertThat(snapshot.explain("f", context).toString()).doesNotContain(FORGED);
        said.add(snapshot.explain(hostile, context).toString());
        snapshot.problems().values().forEach(problems -> said.add(problems.toString()));
    }

    private void edits(String hostile) {
        InMemoryFlagStore store = InMemoryFlagStore.builder().build();
        refused(() -> InMemoryFlagStore.builder().namespace(hostile));
        refused(() -> FlagEditor.of(store, "me").because(hostile).enable(hostile));
        refused(() -> FlagEditor.of(store, hostile).enable(hostile));
        refused(() -> store.changes().retain(hostile, Revision.initial(hostile)));
        said.add(new FlagStoreException("the server says " + hostile).getMessage());
        said.add(DefinitionKey.segment(hostile).toString());
    }

    /** Keeps the message of what is thrown, if anything is; one of several problems has a line for each. */
    private void refused(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        if (thrown instanceof InvalidChangeException || thrown instanceof FlagFormatException) {
            assertThat(thrown.getMessage()).doesNotContain(FORGED);
            thrown.getMessage().lines().forEach(said::add);
        } else if (thrown != null) {
            said.add(thrown.getMessage());
        }
    }

    private static void isOneLine(String text) {
        assertThat(text.codePoints()
                        .filter(c -> Character.isISOControl(c)
                                || c == 0x2028
                                || c == 0x2029
                                || c == 0x202e
                                || c == 0x2066
                                || Character.getType(c) == Character.SURROGATE))
                .as(text)
                .isEmpty();
    }
}

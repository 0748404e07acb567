package dev.guidon.store;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Versioned;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What several files define together, each taken by itself: one that is broken, or a key that is in two, keeps nothing else from being
 * taken. What they leave open stays as it was.
 */
final class FlagFiles {

    private final Map<DefinitionKey, Path> origins = new LinkedHashMap<>();
    private final Map<DefinitionKey, Versioned> found = new LinkedHashMap<>();
    private final List<DefinitionKey> twice = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private Extra extra = Extra.NONE;
    private boolean incomplete;
    private @Nullable IOException unreadable;

    /** Reads files. */
    static FlagFiles read(List<Path> files) {
        FlagFiles all = new FlagFiles();
        files.forEach(all::add);
        all.extra = files.size() == 1 ? all.extra : Extra.NONE;
        all.found.keySet().removeAll(all.twice);
        return all;
    }

    private void add(Path file) {
        try {
            FlagText.Content content = FlagText.of(file).parse(StoredFile.read(file));
            notices.addAll(content.notices());
            extra = content.definitions().extra();
            for (DefinitionKey id : content.ids()) {
                Path other = origins.putIfAbsent(id, file);
                if (other == null) {
                    found.put(id, Objects.requireNonNull(content.definitions().get(id)));
                } else {
                    twice.add(id);
                    problems.add(id + ": found in " + other + " and in " + file + "; allowed: one of them");
                }
            }
        } catch (NoSuchFileException e) {
            leaveOut(file + ": not found");
        } catch (BrokenFileException e) {
            leaveOut(FileHealth.words(e));
        } catch (IOException e) {
            incomplete = true;
            unreadable = e;
        }
    }

    private void leaveOut(String problem) {
        incomplete = true;
        problems.add(problem);
    }

    /**
     * {@return what is in force from now on}
     *
     * @param known what was in force: of it stays what is in two files, and, while a file is broken, what is in none, since it may be in
     *     that one
     */
    Definitions over(Definitions known) {
        Map<String, Versioned> flags = new LinkedHashMap<>();
        Map<String, Versioned> segments = new LinkedHashMap<>();
        found.forEach((id, one) -> (id.kind() == DefinitionKey.Kind.FLAG ? flags : segments).put(id.key(), one));
        known.flags().forEach((key, one) -> keep(DefinitionKey.flag(key), one, flags));
        known.segments().forEach((key, one) -> keep(DefinitionKey.segment(key), one, segments));
        return new Definitions(Revision.NONE, flags, segments, incomplete ? known.extra() : extra);
    }

    private void keep(DefinitionKey id, Versioned known, Map<String, Versioned> all) {
        if (incomplete || twice.contains(id)) {
            all.putIfAbsent(id.key(), known);
        }
    }

    List<String> notices() {
        return notices;
    }

    /** What is wrong, for people; empty if nothing is. */
    String problem() {
        return String.join("; ", problems);
    }

    /**
     * Says that a file could not be read at all, which has to be tried again although it does not change.
     *
     * @throws IOException if there is one
     */
    void requireReadable() throws IOException {
        if (unreadable != null) {
            throw unreadable;
        }
    }
}

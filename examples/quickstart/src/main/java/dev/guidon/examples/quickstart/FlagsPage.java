package dev.guidon.examples.quickstart;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.InvalidChangeException;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Percent;
import dev.guidon.definition.Revision;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The page that flips flags, each time in somebody's name and with a reason. */
@RestController
class FlagsPage {

    private final FlagStore store;
    private final FeatureFlags flags;
    private final Changes changes;

    FlagsPage(FlagStore store, FeatureFlags flags, Changes changes) {
        this.store = store;
        this.flags = flags;
        this.changes = changes;
    }

    @GetMapping("/api/flags")
    Page page() {
        List<Row> rows = flags.snapshot().definitions().flags().values().stream()
                .filter(versioned -> versioned.definition() instanceof Flag)
                .map(versioned -> Row.of((Flag) versioned.definition()))
                .toList();
        return new Page(rows, changes.latest());
    }

    @PostMapping("/api/flags/{key}")
    long edit(@PathVariable String key, @RequestBody Edit edit) throws InterruptedException {
        FlagEditor editor =
                FlagEditor.of(store, edit.actor()).because(edit.reason()).requiringReason();
        Revision written = editor.update(key, edit::applyTo);

        // Who has written something wants to read it at once.
        flags.await(written, Duration.ofSeconds(2));
        return written.number();
    }

    @ExceptionHandler
    ProblemDetail refused(InvalidChangeException refused) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, refused.getMessage());
    }

    @ExceptionHandler
    ProblemDetail unreachable(FlagStoreException failure) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, failure.getMessage());
    }

    record Page(List<Row> flags, List<Changes.Entry> changes) {}

    record Row(
            String key,
            @Nullable String description,
            boolean enabled,
            @Nullable BigDecimal percent) {

        static Row of(Flag flag) {
            Percent share = Share.of(flag);
            return new Row(
                    flag.key(), flag.about().description(), flag.enabled(), share == null ? null : share.value());
        }
    }

    /**
     * A change that somebody asks for.
     *
     * @param enabled whether the flag shall be on; null to leave it
     * @param percent what its rollout shall be; null to leave it
     */
    record Edit(@Nullable Boolean enabled, @Nullable BigDecimal percent, String actor, String reason) {

        Flag applyTo(Flag flag) {
            Flag edited = enabled == null ? flag : flag.withEnabled(enabled);
            return percent == null ? edited : Share.change(edited, Percent.of(percent));
        }
    }
}

package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.ClientStatus.State;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatusBoardTest {

    private Instant now = Instant.parse("2027-01-31T12:00:00Z");
    private final List<ClientStatus> heard = new ArrayList<>();
    private final ClientLog log = new ClientLog();
    private final StatusBoard board = new StatusBoard(
            "test",
            new MutableClock(() -> now),
            new Listeners("test", List.of(new FlagsListener() {
                @Override
                public void statusChanged(ClientStatus status) {
                    heard.add(status);
                }
            })),
            () -> Revision.NONE);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    @DisplayName(
            "a connection that is cut every 100 ms for a minute is a few lines, while listeners hear of every change")
    void doesNotFlood() {
        board.set(State.READY, null);
        for (int i = 0; i < 600; i++) {
            now = now.plusMillis(100);
            board.set(i % 2 == 0 ? State.STALE : State.READY, i % 2 == 0 ? "cut" : null);
            assertThat(board.status()).isSameAs(heard.get(heard.size() - 1));
        }

        assertThat(heard).hasSize(601);
        assertThat(log.lines()).hasSize(7);
        assertThat(log.lines().get(0)).contains("are READY");
        assertThat(log.lines().get(1)).isEqualTo("WARN The flags of test are STALE: cut");
        assertThat(log.lines().get(2)).contains("changed 100 times");
    }

    @Test
    @DisplayName("what was not logged at once is logged ten seconds later, although nothing changes any more")
    void logsTheEnd() {
        board.set(State.READY, null);
        board.set(State.STALE, "cut");
        board.set(State.READY, null);
        board.logPending();
        assertThat(log.lines()).hasSize(2);

        now = now.plusSeconds(10);
        board.logPending();
        board.logPending();

        assertThat(log.lines())
                .hasSize(3)
                .last()
                .asString()
                .isEqualTo("INFO The flags of test are READY at revision 0@none");
    }

    @Test
    @DisplayName("closing is logged at once and is the last status")
    void closes() {
        board.set(State.READY, null);
        board.set(State.STALE, "cut");
        board.close();
        board.set(State.READY, null);

        assertThat(log.lines()).hasSize(3);
        assertThat(board.status().state()).isEqualTo(State.NOT_READY);
    }
}

package dev.guidon.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Before it is measured, each system")
class ContendersTest {

    @ParameterizedTest
    @EnumSource(Contenders.class)
    @DisplayName("answers what the workloads define, for all users")
    void answers(Contenders contender) {
        try (Contender<?> system = contender.open()) {
            assertThat(AnswerCheck.problems(contender, system)).isEmpty();
        }
    }

    @Test
    @DisplayName("is told from one that answers otherwise")
    void seenToFail() {
        Contender<User> wrong = new ByHandThatIsWrong();

        assertThat(AnswerCheck.problems(Contenders.BY_HAND, wrong)).hasSize(Workload.values().length);
    }

    @Test
    @DisplayName("gives the users by hand the same answers as Guidon, so that it is the same work")
    void sameAnswers() {
        try (GuidonContender guidon = new GuidonContender(false);
                ByHand byHand = new ByHand()) {
            for (Workload workload : Workload.values()) {
                assertThat(User.all())
                        .as(workload.title)
                        .allMatch(user ->
                                guidon.ask(workload, guidon.context(user)).equals(byHand.ask(workload, user)));
            }
        }
    }

    @Test
    @DisplayName("of other authors says its version")
    void versions() {
        assertThat(Arrays.stream(Contenders.values())
                        .filter(contender -> contender.role == Contenders.Role.PEER)
                        .map(Contenders::version))
                .allMatch(version -> version.matches("\\d+\\.\\d+.*"));
    }

    /** Wrong for every workload. */
    private static final class ByHandThatIsWrong extends Contender<User> {

        private int calls;

        @Override
        User context(User user) {
            return user;
        }

        @Override
        boolean plain(User user) {
            return false;
        }

        @Override
        boolean rules(User user) {
            return false;
        }

        @Override
        boolean half(User user) {
            return calls++ % 2 == 0;
        }

        @Override
        String variants(User user) {
            return "a";
        }

        @Override
        boolean unknown(User user) {
            return true;
        }

        @Override
        boolean list(User user) {
            return true;
        }
    }
}

package dev.guidon.redis;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.evaluation.Truth;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The near cache of who is a member of what. An answer is refreshed in the background once it has some age; one that is too old, from
 * before the generation that is asked for, or from before the store lost commits, is asked for again within the limit, and past it serves
 * as it is. Nothing here waits for Redis while it is known not to answer.
 */
final class CachedMembers implements SegmentMembers {

    private final Redis redis;
    private final RedisKeys keys;
    private final MemberCaching caching;
    private final AsyncLoadingCache<Member, Answer> cache;
    /** When each generation was first asked for. It was in force by then, so what Redis says afterwards is not from before it. */
    private final Cache<Generation, Long> begun =
            Caffeine.newBuilder().maximumSize(10_000).executor(Runnable::run).build();
    /** When the store's history was last seen not to continue; what Redis said before may be of commits that it lost. */
    private volatile long diverged = System.nanoTime();

    CachedMembers(Redis redis, RedisKeys keys, MemberCaching caching) {
        this.redis = redis;
        this.keys = keys;
        this.caching = caching;
        this.cache = Caffeine.newBuilder()
                .maximumSize(caching.size())
                .refreshAfterWrite(caching.refresh())
                .executor(Runnable::run)
                .recordStats()
                .buildAsync(new Loading());
    }

    Cache<?, ?> cache() {
        return cache.synchronous();
    }

    /** What was said until now may be of another history. */
    void distrust() {
        diverged = System.nanoTime();
    }

    @Override
    public Truth contains(String segment, String generation, String member) {
        Generation asked = Generation.parse(generation);
        long since = Objects.requireNonNull(begun.get(asked, first -> System.nanoTime()));
        Member key = new Member(segment, asked.set(), member);
        Answer answer = within(cache.get(key));
        // Twice, since a question may be under way that was asked too early.
        for (int i = 0; i < 2 && answer != null && !isGood(answer, since) && redis.isAvailable(); i++) {
            Answer newer = within(cache.synchronous().refresh(key));
            answer = newer == null ? answer : newer;
        }
        return answer == null ? Truth.UNKNOWN : answer.truth();
    }

    private boolean isGood(Answer answer, long since) {
        return answer.isGood(since, diverged, caching.expiry());
    }

    private @Nullable Answer within(CompletableFuture<Answer> future) {
        try {
            if (future.isDone() || !redis.isAvailable()) {
                return future.getNow(null);
            }
            return future.get(caching.limit().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }

    /** Asks Redis; null if it does not answer. */
    private CompletableFuture<@Nullable Answer> ask(Member member) {
        if (!redis.isAvailable()) {
            return CompletableFuture.completedFuture(null);
        }
        long asked = System.nanoTime();
        return attempt(member)
                .exceptionallyCompose(failure -> RedisErrors.root(failure) instanceof RedisCommandExecutionException
                        ? CompletableFuture.failedFuture(failure)
                        : attempt(member))
                .orTimeout(redis.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((truth, failure) -> truth == null ? null : new Answer(truth, asked));
    }

    /** Fails if the connection is lost, or closed by whoever shares it. */
    private CompletableFuture<Truth> attempt(Member member) {
        String set = keys.members(member.segment(), member.set());
        return redis.linkAsync().thenCompose(link -> {
            CompletableFuture<Boolean> found =
                    link.commands().sismember(set, member.name()).toCompletableFuture();
            CompletableFuture<Long> exists = link.commands().exists(set).toCompletableFuture();
            return found.thenCombine(
                    exists,
                    (in, there) -> there == 0 || member.name().equals(MemberSets.MARK) ? Truth.UNKNOWN : Truth.of(in));
        });
    }

    private record Member(String segment, String set, String name) {}

    /**
     * What Redis said.
     *
     * @param truth whether it is a member
     * @param at when it was asked, by {@link System#nanoTime}
     */
    private record Answer(Truth truth, long at) {

        private static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

        boolean isGood(long begun, long diverged, Duration expiry) {
            Duration most = truth == Truth.UNKNOWN ? UNKNOWN_FOR : expiry;
            return at - begun >= 0 && at - diverged >= 0 && System.nanoTime() - at < most.toNanos();
        }
    }

    /** A failure is no entry the first time, and keeps the entry afterwards: the next look-up tries again. */
    private final class Loading implements AsyncCacheLoader<Member, Answer> {
        @Override
        public CompletableFuture<? extends Answer> asyncLoad(Member member, Executor executor) {
            return ask(member);
        }

        @Override
        public CompletableFuture<? extends Answer> asyncReload(Member member, Answer old, Executor executor) {
            return ask(member).thenApply(found -> found == null ? old : found);
        }
    }
}

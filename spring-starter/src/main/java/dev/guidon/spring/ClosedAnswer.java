package dev.guidon.spring;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** What a method of a bean answers while its gate is closed: nothing, if its type can say that, else the exception. */
final class ClosedAnswer {

    private static final Set<Class<?>> FUTURES = Set.of(CompletableFuture.class, CompletionStage.class, Future.class);

    private static final Map<Class<?>, Supplier<Object>> EMPTY = Map.ofEntries(
            Map.entry(Optional.class, Optional::empty),
            Map.entry(OptionalInt.class, OptionalInt::empty),
            Map.entry(OptionalLong.class, OptionalLong::empty),
            Map.entry(OptionalDouble.class, OptionalDouble::empty),
            Map.entry(Stream.class, Stream::empty),
            Map.entry(IntStream.class, IntStream::empty),
            Map.entry(LongStream.class, LongStream::empty),
            Map.entry(DoubleStream.class, DoubleStream::empty),
            Map.entry(Iterable.class, ArrayList::new),
            Map.entry(Collection.class, ArrayList::new),
            Map.entry(List.class, ArrayList::new),
            Map.entry(Set.class, LinkedHashSet::new),
            Map.entry(SortedSet.class, TreeSet::new),
            Map.entry(NavigableSet.class, TreeSet::new),
            Map.entry(Map.class, LinkedHashMap::new),
            Map.entry(SortedMap.class, TreeMap::new),
            Map.entry(NavigableMap.class, TreeMap::new));

    private ClosedAnswer() {}

    /** Also of methods that answer reactively, for which null is nothing. */
    static @Nullable Object of(Method method, Supplier<ClosedGateException> exception) {
        Class<?> type = method.getReturnType();
        if (type == void.class || type == Void.class || isPublisher(type)) {
            return null;
        }
        if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        }
        if (FUTURES.contains(type)) {
            return ResolvableType.forMethodReturnType(method).resolveGeneric(0) == Void.class
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(exception.get());
        }
        Supplier<Object> empty = EMPTY.get(type);
        if (empty == null) {
            throw exception.get();
        }
        return empty.get();
    }

    private static boolean isPublisher(Class<?> type) {
        return List.of("reactor.core.publisher.Mono", "reactor.core.publisher.Flux", "org.reactivestreams.Publisher")
                .contains(type.getName());
    }
}

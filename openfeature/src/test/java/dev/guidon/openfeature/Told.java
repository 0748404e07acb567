package dev.guidon.openfeature;

import dev.openfeature.sdk.EventBus;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.ProviderEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The events that an API or a client of it has told. */
final class Told {

    private final List<Event> events = new CopyOnWriteArrayList<>();

    private Told() {}

    static Told by(EventBus<?> bus) {
        Told told = new Told();
        for (ProviderEvent type : ProviderEvent.values()) {
            bus.on(type, details -> told.events.add(new Event(type, details)));
        }
        return told;
    }

    List<ProviderEvent> types() {
        return events.stream().map(Event::type).toList();
    }

    List<EventDetails> of(ProviderEvent type) {
        return events.stream()
                .filter(event -> event.type() == type)
                .map(Event::details)
                .toList();
    }

    private record Event(ProviderEvent type, EventDetails details) {}
}

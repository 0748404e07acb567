package dev.guidon.examples.quickstart;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells every open page what happens, by server-sent events. */
@RestController
@CrossOrigin(originPatterns = "http://localhost:[*]")
class Live {

    private final Set<SseEmitter> pages = ConcurrentHashMap.newKeySet();

    @GetMapping("/api/live")
    SseEmitter open() {
        SseEmitter page = new SseEmitter(0L);
        page.onCompletion(() -> pages.remove(page));
        pages.add(page);
        // A page that hears this has missed nothing since: it loads everything anew.
        send(page, "hello", "");
        return page;
    }

    void tell(String event, Object data) {
        pages.forEach(page -> send(page, event, data));
    }

    /** Before the web server ends, which would take them for connections that hang. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        pages.forEach(SseEmitter::complete);
    }

    private void send(SseEmitter page, String event, Object data) {
        try {
            page.send(SseEmitter.event().name(event).data(data));
        } catch (IOException | IllegalStateException gone) {
            pages.remove(page);
        }
    }
}

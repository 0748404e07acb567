package dev.guidon.spring.web;

import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FeatureGate;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Handlers with gates of all kinds, the same for Spring MVC and WebFlux. */
@RestController
class GatedController implements GatedApi {

    @GetMapping("/free")
    String free() {
        return "in";
    }

    @GetMapping("/on")
    @FeatureGate("on")
    String on() {
        return "in";
    }

    @GetMapping("/for-ada")
    @FeatureGate("for-ada")
    String forAda() {
        return "in";
    }

    @PostMapping(path = "/for-ada", produces = "text/plain")
    @FeatureGate("for-ada")
    String postForAda() {
        return "in";
    }

    @RequestMapping(
            path = "/off-for-all-methods",
            method = {RequestMethod.OPTIONS, RequestMethod.GET})
    @FeatureGate("off")
    String everyMethod() {
        return "in";
    }

    @GetMapping("/unknown")
    @FeatureGate("no-such-flag")
    String unknown() {
        return "in";
    }

    @GetMapping("/broken")
    @FeatureGate("broken")
    String broken() {
        return "in";
    }

    @GetMapping("/text")
    @FeatureGate("banner")
    String text() {
        return "in";
    }

    @GetMapping("/gone")
    @FeatureGate(value = "off", status = 410)
    String gone() {
        return "in";
    }

    @GetMapping("/one-page")
    @FeatureGate(value = "checkout", variants = "one-page")
    String onePage() {
        return "in";
    }

    @GetMapping("/while-off")
    @FeatureGate(value = "off", variants = "off")
    String whileOff() {
        return "in";
    }

    @GetMapping("/beta")
    @Beta
    String beta() {
        return "in";
    }

    @GetMapping("/api")
    @Override
    public String api() {
        return "in";
    }

    /** A gate under a name of the application's. */
    @FeatureGate(value = "for-ada", status = 403)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Beta {}

    @RestController
    @FeatureGate("for-ada")
    static class WholeClass {

        @GetMapping("/class")
        String ofClass() {
            return "in";
        }

        @GetMapping("/class/off")
        @FeatureGate("off")
        String ofBoth() {
            return "in";
        }
    }

    @RestController
    static class Subclass extends Parent {

        @GetMapping("/subclass")
        String ofSubclass() {
            return "in";
        }
    }

    @FeatureGate("off")
    static class Parent {}

    /** No handler, but called by some. */
    static class Service {

        @FeatureGate("for-ada")
        String forAda() {
            return "in";
        }

        @FeatureGate(value = "for-ada", status = 410)
        Mono<String> forAdaLater() {
            return Mono.just("in");
        }
    }

    @RestController
    static class Calls {

        private final Service service;

        Calls(Service service) {
            this.service = service;
        }

        @GetMapping("/service")
        String service() {
            return service.forAda();
        }

        @GetMapping("/service/later")
        Mono<String> later() {
            return service.forAdaLater().defaultIfEmpty("nothing");
        }
    }

    @RestController
    static class Values {

        private final CurrentFlags flags;

        Values(CurrentFlags flags) {
            this.flags = flags;
        }

        @GetMapping("/layout")
        FlagValue layout() {
            return flags.getObjectValue("layout", FlagValue.NULL);
        }

        @GetMapping("/layout/details")
        Evaluation<FlagValue> details() {
            return flags.getObjectDetails("layout", FlagValue.NULL);
        }
    }
}

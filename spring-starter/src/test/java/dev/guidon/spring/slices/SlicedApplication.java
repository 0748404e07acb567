package dev.guidon.spring.slices;

import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FeatureGate;
import dev.guidon.spring.FlagKey;
import dev.guidon.spring.FlagSet;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application of which tests take a slice. */
@SpringBootApplication
class SlicedApplication {

    enum Page {
        CLASSIC,
        ONE_PAGE
    }

    @FlagSet
    interface Pages {

        @FlagKey("page")
        default Page page() {
            return Page.CLASSIC;
        }
    }

    @RestController
    static class Search {

        private final CurrentFlags flags;
        private final Pages pages;

        Search(CurrentFlags flags, Pages pages) {
            this.flags = flags;
            this.pages = pages;
        }

        @GetMapping("/search")
        @FeatureGate("new-search")
        String search() {
            return pages.page() + " " + flags.getIntegerValue("limit", 5) + " "
                    + flags.getStringValue("banner", "none");
        }
    }
}

package dev.guidon.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The pages, in a browser,")
@Timeout(120)
class PagesTest {

    private static final String SKIPPED =
            "The pages are not tested in a browser: there is neither chromium nor google-chrome on the PATH.";

    @TempDir
    static Path folder;

    private static RunningShop shop;
    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        Optional<Path> program = Browser.find();
        if (program.isEmpty()) {
            System.out.println(SKIPPED);
        }
        assumeTrue(program.isPresent(), SKIPPED);
        shop = RunningShop.start(
                Ports.free(28180), new Servers(), Map.of(), "--guidon.file.path=" + folder.resolve("flags.yaml"));
        browser = Browser.start(program.get(), folder.resolve("profile"));
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (shop != null) {
            shop.close();
        }
    }

    @BeforeEach
    void visit() throws Exception {
        shop.edit("orders", "\"enabled\": true");
        browser.look(1280, 900, false);
        browser.open(shop.url());
        browser.awaitTrue("document.querySelector('.shop').dataset.revision > 0");
        browser.awaitTrue("document.querySelectorAll('.flags li').length == 5");
    }

    @Test
    @DisplayName("show at once what a flipped flag does, without being loaded again")
    void flip() {
        browser.evaluate("window.loaded = 'once'");
        browser.awaitTrue("!document.querySelector('.buy').disabled");

        browser.evaluate("document.querySelector('[data-flag=orders] .switch').click()");

        browser.awaitTrue("document.querySelector('.buy').disabled");
        browser.awaitTrue("document.querySelector('.log .what').textContent == 'orders off'");
        browser.awaitTrue("document.querySelector('.log .meta').textContent == 'you@example.com: trying it out'");
        browser.awaitTrue("document.querySelector('.status').textContent.includes('after the commit')");
        browser.awaitTrue("document.querySelector('[data-flag=orders] .key').textContent.includes('off 100.0 %')");
        assertThat(browser.evaluate("window.loaded").asString()).isEqualTo("once");
    }

    @Test
    @DisplayName("change a share with the slider, and the checkout with it")
    void slider() {
        slide(0);
        browser.awaitTrue("document.querySelector('.shop').dataset.checkout == 'CLASSIC'");

        slide(100);

        browser.awaitTrue("document.querySelector('.shop').dataset.checkout == 'ONE_PAGE'");
        browser.awaitTrue(
                "document.querySelector('[data-flag=checkout] .key').textContent.includes('one-page 100.0 %')");
    }

    @Test
    @DisplayName("show prices of the region that is chosen, and why")
    void region() {
        browser.awaitTrue("document.querySelector('.price').textContent.includes('€')");

        browser.evaluate("{ const region = document.querySelectorAll('select')[1];"
                + " region.value = 'JP'; region.dispatchEvent(new Event('change')); }");

        browser.awaitTrue("document.querySelector('.price').textContent.includes('¥')");
        browser.awaitTrue("document.querySelector('.why').textContent.includes('japan')");
    }

    @Test
    @DisplayName("say why a change is refused")
    void refused() {
        browser.evaluate("document.querySelector('[name=reason]').value = ''");

        browser.evaluate("document.querySelector('[data-flag=banner] .switch').click()");

        browser.awaitTrue("document.querySelector('.problem').textContent.includes('why the change is made')");
        browser.awaitTrue("document.querySelector('[data-flag=banner] .switch').checked");
    }

    @Test
    @DisplayName("show in the shop what is flipped on the page of the flags")
    void twoPages() throws Exception {
        try (Browser other = Browser.start(Browser.find().orElseThrow(), folder.resolve("other"))) {
            other.open(shop.url() + "/flags.html");
            other.awaitTrue("document.querySelectorAll('.flags li').length == 5");

            other.evaluate("document.querySelector('[data-flag=orders] .switch').click()");

            browser.awaitTrue("document.querySelector('.buy').disabled");
        }
    }

    @ParameterizedTest(name = "fit {0} × {1}, dark: {2}")
    @CsvSource({"1280, 900, false", "1280, 900, true", "390, 844, false", "390, 844, true"})
    @DisplayName("fit the screen, name all that can be used, and load nothing from elsewhere")
    void fits(int width, int height, boolean dark) {
        browser.look(width, height, dark);

        assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
                .isLessThanOrEqualTo(width);
        assertThat(browser.evaluate("[...document.querySelectorAll('input, select, button')].filter(it =>"
                                + " !(it.labels?.length || it.getAttribute('aria-label') || it.getAttribute('aria-labelledby')"
                                + " || it.textContent.trim())).length")
                        .intValue())
                .isZero();
        assertThat(browser.evaluate("performance.getEntriesByType('resource').filter(it =>"
                                + " !it.name.startsWith(location.origin)).map(it => it.name).join()")
                        .asString())
                .isEmpty();
    }

    private static void slide(int percent) {
        browser.evaluate("{ const slider = document.querySelector('[data-flag=checkout] [type=range]');"
                + " slider.value = " + percent + "; slider.dispatchEvent(new Event('change')); }");
    }
}

package dev.guidon.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@DisplayName("The shop")
@Timeout(60)
class ShopTest {

    @TempDir
    static Path folder;

    private static Path file;
    private static RunningShop shop;

    @BeforeAll
    static void open() {
        file = folder.resolve("flags.yaml");
        shop = RunningShop.start(Ports.free(28080), new Servers(), Map.of(), "--guidon.file.path=" + file);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    @DisplayName("has prices by region and a banner by plan, and says which rule decided")
    void visitors() throws Exception {
        JsonNode inGermany = shop.page("ada", "DE", "member");
        JsonNode inJapan = shop.page("ada", "JP", "guest");

        assertThat(inGermany.at("/goods/0/price").stringValue()).contains("114").contains("€");
        assertThat(inGermany.at("/banner").stringValue()).startsWith("Welcome back");
        assertThat(inGermany.at("/answers/1/variant").stringValue()).isEqualTo("euro");
        assertThat(inGermany.at("/answers/1/reason").stringValue()).isEqualTo("TARGETING_MATCH");
        assertThat(inGermany.at("/answers/1/rule").stringValue()).isEqualTo("europe");
        assertThat(inGermany.at("/answers/1/explanation").stringValue()).contains("region in");
        assertThat(inJapan.at("/goods/0/price").stringValue())
                .contains("18,000")
                .contains("¥");
        assertThat(inJapan.at("/banner").stringValue()).startsWith("Free shipping");
    }

    @Test
    @DisplayName("gives 10,000 visitors the shares that the flags ask for")
    void crowd() throws Exception {
        shop.edit("checkout", "\"percent\": 35");

        JsonNode crowd = shop.get("/api/crowd");

        assertThat(crowd.at("/checkout/one-page").intValue()).isCloseTo(3_500, within(150));
        assertThat(crowd.at("/checkout/classic").intValue())
                .isEqualTo(10_000 - crowd.at("/checkout/one-page").intValue());
        assertThat(crowd.at("/prices/euro").intValue()).isEqualTo(4_000);
    }

    @Test
    @DisplayName("changes at once when a flag is flipped, tells open pages, and keeps who did it and why")
    void flip() throws Exception {
        BlockingQueue<String> events = shop.events();
        shop.edit("checkout", "\"percent\": 0");

        shop.edit("checkout", "\"percent\": 100");

        assertThat(shop.page("ada", "DE", "guest").at("/checkout").stringValue())
                .isEqualTo("ONE_PAGE");
        await().until(() -> String.join("\n", events), text -> text.contains("event:flags") && text.contains("100 %"));
        JsonNode latest = shop.get("/api/flags").at("/changes/0");
        assertThat(latest.at("/what/0").stringValue()).isEqualTo("checkout 0 % → 100 %");
        assertThat(latest.at("/actor").stringValue()).isEqualTo("ada");
        assertThat(latest.at("/reason").stringValue()).isEqualTo("a test");
    }

    @Test
    @DisplayName("takes no orders while their kill switch is thrown")
    void killSwitch() throws Exception {
        assertThat(shop.post("/api/orders", "").statusCode()).isEqualTo(200);

        shop.edit("orders", "\"enabled\": false");

        assertThat(shop.post("/api/orders", "").statusCode()).isEqualTo(503);
        assertThat(shop.page("ada", "DE", "guest").at("/orders").booleanValue()).isFalse();
        shop.edit("orders", "\"enabled\": true");
    }

    @Test
    @DisplayName("refuses a change without a reason, and one that cannot be, and says why")
    void refusals() throws Exception {
        HttpResponse<String> noReason =
                shop.post("/api/flags/orders", "{\"enabled\": false, \"actor\": \"ada\", \"reason\": \" \"}");
        HttpResponse<String> noSuchFlag = shop.edit("no-such-flag", "\"enabled\": false");
        HttpResponse<String> tooMuch = shop.edit("checkout", "\"percent\": 101");

        assertThat(noReason.statusCode()).isEqualTo(422);
        assertThat(noReason.body()).contains("why the change is made");
        assertThat(noSuchFlag.statusCode()).isEqualTo(422);
        assertThat(noSuchFlag.body()).contains("flag/no-such-flag");
        assertThat(tooMuch.statusCode()).isEqualTo(422);
        assertThat(tooMuch.body()).contains("from 0 to 100");
    }

    @Test
    @DisplayName("follows edits of the file")
    void file() throws Exception {
        String text = Files.readString(file);
        assertThat(text).contains("travels free");

        replaceFile(text.replace("travels free", "is late"));

        await().until(() -> bannerOfMembers().endsWith("is late this week."));
        replaceFile(text);
        await().until(() -> bannerOfMembers().endsWith("travels free this week."));
    }

    private static String bannerOfMembers() throws Exception {
        return shop.page("emi", "JP", "member").at("/banner").stringValue();
    }

    /** As an editor does it: a new file in place of the old one. */
    private static void replaceFile(String text) throws Exception {
        Path edited = Files.writeString(folder.resolve("flags.yaml~"), text);
        Files.move(edited, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    @DisplayName("takes the next port that is free when one is taken")
    void ports() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.free(taken.getLocalPort())).isGreaterThan(taken.getLocalPort());
        }
    }
}

package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.json.FlagFormat;
import dev.guidon.migrate.Finding.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("docs/migrating.md shows what the importers do")
class MigratingPageTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]*)\\R(.*?)^```");

    @ParameterizedTest
    @EnumSource
    @DisplayName("every export in a system's section becomes the flags that follow it")
    void examples(Importer importer) throws IOException {
        List<String[]> blocks = blocks(section(importer));

        int examples = 0;
        for (int i = 0; i + 1 < blocks.size(); i++) {
            if (blocks.get(i)[0].equals("json") && blocks.get(i + 1)[0].equals("yaml")) {
                Imported imported = importer.read(blocks.get(i)[1]);
                assertThat(imported.count(Outcome.REFUSED))
                        .as(imported.report())
                        .isZero();
                assertThat(FlagFormat.parseYaml(blocks.get(i + 1)[1]))
                        .as("what comes out is\n" + FlagFormat.writeYaml(imported.definitions()))
                        .isEqualTo(imported.definitions());
                examples++;
            }
        }
        assertThat(examples).isPositive();
    }

    @Test
    @DisplayName("the library call")
    void call() {
        String json =
                "{\"flags\": {\"f\": {\"state\": \"ENABLED\", \"variants\": {\"a\": 1}, \"defaultVariant\": \"a\"}}}";

        assertThat(report(json)).isEqualTo("1 imported, 0 imported with a remark, 0 imported with a loss, 0 refused\n");
    }

    private static String report(String json) {
        Imported imported = Importer.FLAGD.read(json);
        String yaml = FlagFormat.writeYaml(imported.definitions());
        for (Finding finding : imported.findings()) {
            if (finding.outcome() != Outcome.IMPORTED) {
                System.out.println(finding);
            }
        }
        assertThat(FlagFormat.parseYaml(yaml)).isEqualTo(imported.definitions());
        return imported.report().lines().reduce((one, next) -> next).orElseThrow() + "\n";
    }

    private static String section(Importer importer) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "migrating.md"));
        for (String section : page.split("(?m)^## ")) {
            if (section.lines().findFirst().orElse("").toLowerCase(Locale.ROOT).contains(name(importer))) {
                return section;
            }
        }
        throw new AssertionError("docs/migrating.md has no section for " + importer);
    }

    private static String name(Importer importer) {
        return importer == Importer.UFC ? "universal flag configuration" : importer.toString();
    }

    private static List<String[]> blocks(String section) {
        List<String[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(section);
        while (matcher.find()) {
            blocks.add(new String[] {matcher.group(1), matcher.group(2)});
        }
        return blocks;
    }
}

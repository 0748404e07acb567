package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.RandomDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** {@code -Dguidon.fuzz=1000000} reads as many documents as that. */
@DisplayName("Any damage to a document gives a result or named problems, never anything else")
class FuzzTest {

    private static final int DOCUMENTS = Integer.getInteger("guidon.fuzz", 50_000);
    private static final int LONGEST = 300;

    private final List<FlagValue> seeds = seeds();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder readable = new LongAdder();

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @DisplayName("damaged characters, bytes and structures, as JSON and as YAML")
    void damaged(TestReporter reporter) {
        IntStream.range(0, DOCUMENTS).parallel().forEach(this::readOne);

        reporter.publishEntry(Map.of(
                "documents", Integer.toString(DOCUMENTS),
                "readable", readable.toString(),
                "strictly accepted", accepted.toString()));
        assertThat(accepted.sum()).isBetween(DOCUMENTS / 100L, DOCUMENTS * 9L / 10);
    }

    private void readOne(int number) {
        SplittableRandom random = new SplittableRandom(number);
        Mutation mutation = new Mutation(random);
        FlagValue seed = seeds.get(random.nextInt(seeds.size()));
        boolean yaml = random.nextInt(4) == 0;
        boolean structure = random.nextInt(3) == 0;
        String json = (structure ? mutation.of(seed) : seed).toString();
        String text = yaml && json.length() > 2 ? YamlLayout.of(json) : json;
        String document = structure ? text : mutation.of(text);
        try {
            if (yaml) {
                read(document, FlagFormat::readYaml, FlagFormat::parseYaml, FlagFormat::writeYaml);
            } else {
                read(document, FlagFormat::readJson, FlagFormat::parseJson, FlagFormat::writeJson);
            }
        } catch (RuntimeException | Error e) {
            fail("document " + number + ": " + FlagValue.of(document), e);
        }
    }

    private interface Reading {
        Definitions of(String text);
    }

    private interface Writing {
        String of(Definitions definitions);
    }

    private void read(String document, Reading tolerant, Reading strict, Writing writing) {
        Definitions read;
        try {
            read = tolerant.of(document);
        } catch (FlagFormatException e) {
            assertThat(e.problems()).isNotEmpty();
            return;
        }
        readable.increment();
        try {
            assertThat(strict.of(document)).isEqualTo(read);
            accepted.increment();
        } catch (FlagFormatException e) {
            assertThat(e.problems()).isNotEmpty();
        }
        if (document.length() % 8 == 0) {
            assertThat(tolerant.of(writing.of(read))).isEqualTo(read);
        }
    }

    private static List<FlagValue> seeds() {
        List<FlagValue> seeds = new ArrayList<>();
        for (int seed = 0; seeds.size() < 300; seed++) {
            RandomDefinitions random = new RandomDefinitions(seed);
            String json = DocumentWriter.write(
                    seed % 2 == 0 ? Definitions.of(random.flag("a")) : Definitions.of(random.segment("a")));
            if (json.length() < LONGEST) {
                seeds.add(FlagFormat.readValue(json));
            }
        }
        return seeds;
    }
}

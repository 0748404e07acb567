package dev.guidon.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Unreadable;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import dev.guidon.json.FlagFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The published schema of the events")
class EventSchemaTest {

    private static Schema schema;
    private static String id;

    private final Trail trail = new Trail();

    @BeforeAll
    static void read() throws IOException {
        try (InputStream stream = AuditRelay.class.getResourceAsStream("flag-change-event-1.schema.json")) {
            String text = new String(stream.readAllBytes(), UTF_8);
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON);
            id = new EventFields(FlagFormat.readValue(text)).text("$id");
        }
    }

    @Test
    @DisplayName("allows every event that is written")
    void allows() {
        Flag flag = Flag.bool("f", false);
        trail.commit(flag, Segment.of("s"));
        trail.commit(flag.withEnabled(true));
        trail.commit(flag);
        trail.commit(flag.withArchived(true));
        trail.commit(flag, Flag.of("n", FlagType.JSON, Map.of("v", FlagFormat.readValue("1.0")), "v"));
        trail.commit(FlagFormat.read(DefinitionKey.flag("m"), "no JSON"));
        trail.commit(DefinitionKey.flag("f"), DefinitionKey.segment("s"), DefinitionKey.flag("m"));
        trail.breaks(Break.Cause.GAP, new Revision("e", 7, "c"));
        trail.breaks(Break.Cause.DIVERGED, Revision.initial("e2"));
        Trail later = new Trail();
        later.breaks(Break.Cause.GAP, new Revision("e", 7, "c"));
        trail.sent.addAll(later.sent);

        assertThat(trail.records())
                .hasSize(14)
                .allSatisfy(record -> assertThat(problems(text(record.value()))).isEmpty());
    }

    @Test
    @DisplayName("is the one that the events name")
    void named() {
        trail.commit(Flag.bool("f", true));

        assertThat(new String(trail.last().headers().lastHeader("ce_dataschema").value(), UTF_8))
                .isEqualTo(id);
    }

    @Test
    @DisplayName("allows more fields and more types, as later versions will have them")
    void open() {
        trail.commit(Flag.bool("f", true));
        String text = text(trail.last().value());

        assertThat(problems(text.replace("\"size\":1", "\"size\":1,\"later\":[]")))
                .isEmpty();
        assertThat(problems(text.replace("flag.created", "flag.renamed"))).isEmpty();
        assertThat(problems(text.replace("flag.created", "log.compacted"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'schema':1 | 'schema':2 | false",
                "'schema':1 | 'schema':'1' | true",
                "'namespace':'shop', | `` | true",
                "'namespace':'shop' | 'namespace':null | true",
                "'sequence':2 | 'sequence':2.5 | true",
                "'sequence':2 | 'sequence':'2' | true",
                "'revision':2 | 'revision':-1 | true",
                "'epoch': | 'epoch':'','x': | true",
                "'actor':'anna' | 'actor':1 | true",
                "'reason':'a reason' | 'reason':{} | true",
                "'position':0 | 'position':0.5 | true",
                "'size':1 | 'sizes':1 | true",
                "'definition':'flag/f' | 'definition':'f' | true",
                "'beforeVersion':1, | `` | true",
                "'predecessor':' | 'predecessor':'x | false",
                "'type':'flag.enabled' | 'type':'flag.created' | false",
                "'type':'flag.enabled' | 'type':true | true"
            })
    @DisplayName("allows nothing else, and what it does not allow can mostly not be read either")
    void broken(String part, String replacement, boolean unreadable) {
        trail.commit(Flag.bool("f", false));
        trail.commit(Flag.bool("f", true));
        String text = text(trail.last().value());

        String edited =
                text.replace(part.replace('\'', '"'), replacement == null ? "" : replacement.replace('\'', '"'));

        assertThat(edited).isNotEqualTo(text);
        assertThat(problems(edited)).isNotEmpty();
        if (unreadable) {
            assertThat(FlagChangeEvent.from(Trail.with(trail.last(), edited.getBytes(UTF_8))))
                    .isInstanceOf(Unreadable.class);
        }
    }

    private static String text(byte[] value) {
        return new String(value, UTF_8);
    }

    private static List<Error> problems(String json) {
        return schema.validate(json, InputFormat.JSON);
    }
}

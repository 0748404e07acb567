package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.FlagValue;
import dev.guidon.json.FlagFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A JSON Merge Patch (RFC 7396)")
class MergePatchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':'b'} | {'a':'c'} | {'a':'c'}",
                "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
                "{'a':'b'} | {'a':null} | {}",
                "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
                "{'a':['b']} | {'a':'c'} | {'a':'c'}",
                "{'a':'c'} | {'a':['b']} | {'a':['b']}",
                "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
                "['a','b'] | ['c','d'] | ['c','d']",
                "{'a':'b'} | ['c'] | ['c']",
                "{'a':'foo'} | null | null",
                "{'a':'foo'} | 'bar' | 'bar'",
                "{'e':null} | {'a':1} | {'e':null,'a':1}",
                "[1,2] | {'a':'b','c':null} | {'a':'b'}",
                "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}"
            })
    @DisplayName("is applied as its appendix A has it")
    void applies(String target, String patch, String expected) {
        assertThat(MergePatch.apply(value(patch), value(target))).isEqualTo(value(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1,'b':{'c':2,'d':3}} | {'a':1,'b':{'c':2,'d':4}} | {'b':{'d':4}}",
                "{'a':1,'b':2} | {'b':2} | {'a':null}",
                "{'a':[1,2]} | {'a':[1,3]} | {'a':[1,3]}",
                "{'a':1} | {'a':1} | {}",
                "{'a':null} | {'a':null,'b':1} | {'b':1}",
                "{'a':1} | {'a':{'b':2}} | {'a':{'b':2}}"
            })
    @DisplayName("has only what differs")
    void differs(String before, String after, String expected) {
        assertThat(MergePatch.between(value(before), value(after))).isEqualTo(value(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {'a':null}",
                "{'a':1} | {'a':null}",
                "{'a':{}} | {'a':{'b':{'c':null}}}",
                "{'a':1} | {'a':{'b':null}}"
            })
    @DisplayName("does not exist where a field becomes null")
    void nothingBecomesNull(String before, String after) {
        assertThat(MergePatch.between(value(before), value(after))).isNull();
    }

    @Test
    @DisplayName("makes the one into the other, wherever there is one")
    void roundTrip() {
        int patches = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            RandomValues random = new RandomValues(seed);
            FlagValue before = random.object(3);
            FlagValue after = random.object(3);

            FlagValue patch = MergePatch.between(before, after);

            if (patch != null) {
                patches++;
                assertThat(MergePatch.apply(patch, before)).as("seed %d", seed).isEqualTo(after);
            } else {
                assertThat(after.toString()).as("seed %d", seed).contains("null");
            }
        }
        assertThat(patches).isBetween(1_500, 3_000);
    }

    private static FlagValue value(String json) {
        return FlagFormat.readValue(json.replace('\'', '"'));
    }
}

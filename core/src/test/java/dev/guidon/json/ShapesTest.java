package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.RandomDefinitions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Every definition has one canonical form, whichever way it was written")
class ShapesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {'enabled':false}",
                "{'type':'boolean','enabled':true,'archived':false,'variants':{'on':true,'off':false},'offVariant':'off','fallthrough':'on'}"
                        + " | {'enabled':true}",
                "{'rules':[{'serve':'on'}],'fallthrough':'off'} | {'enabled':false,'rules':[{'serve':'on'}]}",
                "{'fallthrough':'on','rules':[{'serve':'off'}]} | {'enabled':false,'rules':[{'serve':'off'}],'fallthrough':'on'}",
                "{'fallthrough':'off'} | {'enabled':false,'fallthrough':'off'}",
                "{'rules':[],'fallthrough':'on'} | {'enabled':false}",
                "{'variants':{}} | {'enabled':false}",
                "{'variants':{'off':false,'on':true}} | {'enabled':false,'variants':{'off':false,'on':true}}",
                "{'fallthrough':'off','offVariant':'on'} | {'enabled':false,'offVariant':'on','fallthrough':'off'}",
                "{'variants':{'yes':true}} | {'enabled':false,'variants':{'yes':true}}",
                "{'type':'json'} | {'type':'json','enabled':false}",
                "{'type':'json','variants':{'b':[1.50,1e3,{}],'a':null}} | {'type':'json','enabled':false,'variants':{'b':[1.50,1E+3,{}],'a':null}}",
                "{'tags':[],'sensitive':[],'prerequisites':[],'rules':[]} | {'enabled':false}",
                "{'enabled':true,'sensitive':['email',['account','phone']]} | {'sensitive':['email',['account','phone']],'enabled':true}",
                "{'x':1,'enabled':true,'expires':'2027-01-31'} | {'expires':'2027-01-31','enabled':true,'x':1}"
            })
    @DisplayName("flags")
    void flags(String written, String canonical) {
        assertCanonical(DefinitionKey.flag("f"), written, canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "20 | {'percent':20}",
                "12.500 | {'percent':12.5}",
                "1e2 | {'percent':100}",
                "{'percent':0,'by':'$key','whenMissing':null,'bucketing':{}} | {'percent':0}",
                "{'percent':1,'by':['$key'],'fallback':[]} | {'percent':1}",
                "{'percent':1,'by':['a']} | {'percent':1,'by':'a'}",
                "{'percent':1,'by':['a',['b','c.d']],'fallback':[['e']]} | {'percent':1,'by':['a',['b','c.d']],'fallback':[['e']]}",
                "{'percent':1,'whenMissing':'skip','salt':'s'} | {'percent':1,'whenMissing':'skip','salt':'s'}",
                "{'ramp':[{'at':'2027-01-31T09:00:00+02:00','percent':1}]} | {'ramp':[{'at':'2027-01-31T07:00:00Z','percent':1}]}",
                "{'ramp':[{'at':'2027-01-31t23:30:00.1234567899999z','percent':1}]} | {'ramp':[{'at':'2027-01-31T23:30:00.123456789Z','percent':1}]}",
                "{'ramp':[{'at':'2027-01-31T00:00:00.5-23:59','percent':1}]} | {'ramp':[{'at':'2027-01-31T23:59:00.500Z','percent':1}]}",
                "{'percent':1,'bucketing':{'hash':'murmur3-32','rounds':1,'bytes':4,'endian':'big','seed':0,'reduce':{'multiplyShift':100000},"
                        + "'offset':0,'compare':'<','input':'{stage}:{salt}:{value}'}} | {'percent':1}",
                "{'percent':1,'bucketing':{'hash':'sha1','hexDigits':15,'reduce':{'fraction':'float32'},'compare':'<='}}"
                        + " | {'percent':1,'bucketing':{'hash':'sha1','hexDigits':15,'reduce':{'fraction':'float32'},'compare':'<='}}",
                "{'percent':1,'bucketing':{'bytes':2,'endian':'little','seed':4294967295,'reduce':{'modulo':100},'offset':-1}}"
                        + " | {'percent':1,'bucketing':{'bytes':2,'endian':'little','seed':4294967295,'reduce':{'modulo':100},'offset':-1}}"
            })
    @DisplayName("rollouts")
    void rollouts(String written, String canonical) {
        assertCanonical(
                DefinitionKey.segment("s"),
                "{'rules':[{'rollout':" + written + "}]}",
                "{'rules':[{'rollout':" + canonical + "}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'segment':['a']} | {'segment':'a'}",
                "{'segment':['a','b']} | {'segment':['a','b']}",
                "{'variants':['on'],'flag':'f'} | {'flag':'f','variants':['on']}",
                "{'bucket':'b','from':0,'to':100} | {'bucket':'b'}",
                "{'bucket':'b','from':1.5,'to':20,'by':'a','bucketing':{'rounds':2}} | {'bucket':'b','from':1.5,'to':20,'by':'a','bucketing':{'rounds':2}}",
                "{'contains':['x'],'attribute':'a'} | {'attribute':'a','contains':'x'}",
                "{'attribute':'a','matches':[]} | {'attribute':'a','matches':[]}",
                "{'attribute':'a','in':['x']} | {'attribute':'a','in':['x']}",
                "{'attribute':'a','hasAny':[]} | {'attribute':'a','hasAny':[]}",
                "{'attribute':'a','equals':['x']} | {'attribute':'a','equals':['x']}",
                "{'attribute':['a'],'exists':false} | {'attribute':['a'],'exists':false}",
                "{'attribute':'a','before':5,'unit':'ms','ignoreCase':false,'lenient':null} | {'attribute':'a','before':5,'unit':'ms'}",
                "{'attribute':'a','semver':'~1.2','lenient':'partial'} | {'attribute':'a','semver':'~1.2','lenient':'partial'}",
                "{'attribute':'a','semver':'~1.2','lenient':true,'ifMissing':'1'} | {'attribute':'a','semver':'~1.2','lenient':true,'ifMissing':'1'}",
                "{'attribute':'a','equals':'X','ignoreCase':true,'as':'string'} | {'attribute':'a','equals':'X','as':'string','ignoreCase':true}",
                "{'all':[{'any':[]},{'not':{'isTrue':{'all':[]}}}]} | {'all':[{'any':[]},{'not':{'isTrue':{'all':[]}}}]}"
            })
    @DisplayName("conditions")
    void conditions(String written, String canonical) {
        assertCanonical(
                DefinitionKey.segment("s"),
                "{'rules':[{'when':" + written + "}]}",
                "{'rules':[{'when':" + canonical + "}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {}",
                "{'include':[]} | {}",
                "{'include':[{'values':[1,true,'x',[2]],'by':'$key'}]} | {'include':{'values':[1,true,'x',[2]]}}",
                "{'exclude':[{'values':[]},{'by':['a','b'],'values':[]}]} | {'exclude':[{'values':[]},{'by':['a','b'],'values':[]}]}",
                "{'generation':'g','by':'$key','members':'external'} | {'members':'external','generation':'g'}",
                "{'members':'external','generation':'g','by':'a'} | {'members':'external','generation':'g','by':'a'}",
                "{'rules':[{},{'id':'r'}],'description':'d','salt':'s'} | {'description':'d','salt':'s','rules':[{},{'id':'r'}]}"
            })
    @DisplayName("segments")
    void segments(String written, String canonical) {
        assertCanonical(DefinitionKey.segment("s"), written, canonical);
    }

    @Test
    @DisplayName("splits, by weight and by range")
    void splits() {
        assertCanonical(
                DefinitionKey.flag("f"),
                "{'fallthrough':{'split':[{'weight':1.0,'variant':'on'},{'variant':'off','weight':2e1}],'total':21}}",
                "{'enabled':false,'fallthrough':{'split':[{'variant':'on','weight':1},{'variant':'off','weight':20}]}}");
        assertCanonical(
                DefinitionKey.flag("f"),
                "{'fallthrough':{'split':[{'variant':'on','weight':1}],'total':4,'salt':'s'}}",
                "{'enabled':false,'fallthrough':{'split':[{'variant':'on','weight':1}],'total':4,'salt':'s'}}");
        assertCanonical(
                DefinitionKey.flag("f"),
                "{'fallthrough':{'split':[{'to':12.5,'from':0,'variant':'on'}],'by':'a'}}",
                "{'enabled':false,'fallthrough':{'split':[{'variant':'on','from':0,'to':12.5}],'by':'a'}}");
    }

    @Test
    @DisplayName("values to the last digit")
    void values() {
        for (String value : new String[] {
            "1",
            "1.0",
            "1.50",
            "-0.1",
            "1E+3",
            "1E-7",
            "12345678901234567890.123456789",
            "\"\\u0000\\ud800é\\\"\\\\\"",
            "null",
            "true",
            "[]",
            "{}",
            "{\"b\":[{\"a\":1}],\"a\":false}",
            "\"\uD83D\uDE80\""
        }) {
            assertThat(FlagFormat.writeValue(FlagFormat.readValue(value))).isEqualTo(value);
        }
        for (long seed = 0; seed < 1000; seed++) {
            FlagValue value = new RandomDefinitions(seed).value(5);
            assertThat(FlagFormat.readValue(FlagFormat.writeValue(value))).isEqualTo(value);
        }
    }

    @Test
    @DisplayName("JSON documents are laid out for people")
    void layout() {
        Definitions definitions = FlagFormat.readJson("""
                {"flags":{"a":{"enabled":true},"b":{"rules":[{"id":"staff","when":{"attribute":"email","endsWith":["@a.example","@b.example"]},
                "serve":"off"}],"x":[[],{}]}},"y":[]}""");

        assertThat(FlagFormat.writeJson(definitions)).isEqualTo("""
                {
                  "format": 1,
                  "flags": {
                    "a": {"enabled": true},
                    "b": {
                      "enabled": false,
                      "rules": [
                        {
                          "id": "staff",
                          "when": {"attribute": "email", "endsWith": ["@a.example", "@b.example"]},
                          "serve": "off"
                        }
                      ],
                      "x": [[], {}]
                    }
                  },
                  "y": []
                }
                """);
    }

    @Test
    @DisplayName("YAML documents too")
    void yamlLayout() {
        Definitions definitions = FlagFormat.readJson("""
                {"flags":{"a":{"enabled":true,"tags":["on","team"]},"b":{"rules":[{"when":{"all":[{"segment":["s","t"]},{"any":[]}]},
                "serve":"off"}],"x":[[],[[1]],{},""]}},"segments":{}}""");

        assertThat(FlagFormat.writeYaml(definitions)).isEqualTo("""
                format: 1
                flags:
                  a:
                    tags:
                      - "on"
                      - team
                    enabled: true
                  b:
                    enabled: false
                    rules:
                      - when:
                          all:
                            - segment:
                                - s
                                - t
                            - any: []
                        serve: "off"
                    x:
                      - []
                      - - - 1
                      - {}
                      - ""
                """);
    }

    @Test
    @DisplayName("nothing changes a definition that is read and written again")
    void stable() {
        Definition flag = FlagFormat.parse(DefinitionKey.flag("f"), "{\"enabled\": true}");

        assertThat(flag).isEqualTo(Flag.bool("f", true));
        assertThat(FlagFormat.write(flag)).isEqualTo("{\"enabled\":true}");
    }

    private static void assertCanonical(DefinitionKey id, String written, String canonical) {
        Definition definition = FlagFormat.read(id, written.replace('\'', '"'));

        assertThat(FlagFormat.write(definition)).isEqualTo(canonical.replace('\'', '"'));
        assertThat(FlagFormat.read(id, canonical.replace('\'', '"'))).isEqualTo(definition);
    }
}

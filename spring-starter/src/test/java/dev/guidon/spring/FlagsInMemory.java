package dev.guidon.spring;

import dev.guidon.json.FlagFormat;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The flags of the tests. */
@Configuration(proxyBeanMethods = false)
public class FlagsInMemory {

    private static final String FLAGS = """
            flags:
              on: {enabled: true}
              off: {enabled: false}
              for-ada:
                enabled: true
                rules: [{when: {attribute: $key, equals: ada}, serve: "on"}]
                fallthrough: "off"
              for-acme:
                enabled: true
                rules: [{when: {attribute: tenant, equals: acme}, serve: "on"}]
                fallthrough: "off"
              broken: {enabled: true, rules: [{when: {attribute: x, matches: "("}, serve: "on"}]}
              banner: {type: string, enabled: true, variants: {plain: hello}, fallthrough: plain}
              limit: {type: number, enabled: true, variants: {usual: 7}, fallthrough: usual}
              ratio: {type: number, enabled: true, variants: {half: 0.5}, fallthrough: half}
              layout: {type: json, enabled: true, variants: {wide: {columns: 3}}, fallthrough: wide}
              checkout:
                type: string
                enabled: true
                variants: {classic: v1, one-page: v2}
                offVariant: classic
                rules: [{when: {attribute: $key, equals: ada}, serve: one-page}]
                fallthrough: classic
            """;

    @Bean
    FlagStore flagStore() {
        return InMemoryFlagStore.builder()
                .definitions(FlagFormat.readYaml(FLAGS))
                .build();
    }
}

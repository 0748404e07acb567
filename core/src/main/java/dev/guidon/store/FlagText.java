package dev.guidon.store;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Shown;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import dev.guidon.json.FlagFormatException;
import dev.guidon.json.FlagFormatException.Finding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of a flag file.
 *
 * @param file its name, for messages
 * @param yaml whether it is YAML; else JSON
 */
record FlagText(Path file, boolean yaml) {

    /** The names that flag files have, for messages. */
    static final String EXTENSIONS = ".yaml, .yml or .json";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * What a file holds.
     *
     * @param definitions the definitions, at version 0
     * @param notices what is worth a warning
     */
    record Content(Definitions definitions, List<String> notices) {

        /** What the file defines. */
        List<DefinitionKey> ids() {
            return all(definitions).map(Definition::id).toList();
        }
    }

    static FlagText of(Path file) {
        return new FlagText(file, !lowerCase(file).endsWith(".json"));
    }

    static boolean isFlagFile(Path file) {
        String name = lowerCase(file);
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    /** The name of a file without its ending, or of a directory, fit for a namespace. */
    static String name(Path file) {
        Path last = file.toAbsolutePath().normalize().getFileName();
        String name = last == null ? "" : last.toString();
        String stem = isFlagFile(file) ? name.substring(0, name.lastIndexOf('.')) : name;
        return stem.isBlank() ? "flags" : Shown.part(stem);
    }

    Content parse(byte[] bytes) throws BrokenFileException {
        String text = decode(bytes);
        if (text.isBlank()) {
            throw new BrokenFileException(
                    file + ": found an empty file; allowed: a document, for example {} for no flags");
        }
        try {
            List<String> notices = new ArrayList<>();
            Consumer<Problem> unknown = field -> notices.add(file + ": " + field);
            Definitions definitions = yaml ? FlagFormat.readYaml(text, unknown) : FlagFormat.readJson(text, unknown);
            return new Content(definitions, notices);
        } catch (FlagFormatException e) {
            throw new BrokenFileException(
                    e.findings().stream().limit(3).map(this::at).collect(Collectors.joining("; ")));
        }
    }

    byte[] format(Definitions definitions) {
        String text = yaml ? FlagFormat.writeYaml(definitions) : FlagFormat.writeJson(definitions);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What becomes of a definition when it is written to the file and read again. */
    Definition reread(Definition definition) {
        Definitions one = Definitions.of(definition);
        Definitions read =
                yaml ? FlagFormat.readYaml(FlagFormat.writeYaml(one)) : FlagFormat.readJson(FlagFormat.writeJson(one));
        Versioned found = read.get(definition.id());
        return found == null ? definition : found.definition();
    }

    private String decode(byte[] bytes) throws BrokenFileException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BrokenFileException(file + ": found bytes that are no characters; allowed: UTF-8");
        }
    }

    private String at(Finding finding) {
        String place = finding.line() > 0 ? ":" + finding.line() + ":" + finding.column() : "";
        return file + place + ": " + finding.problem();
    }

    private static Stream<Definition> all(Definitions definitions) {
        return Stream.concat(definitions.flags().values().stream(), definitions.segments().values().stream())
                .map(Versioned::definition);
    }

    private static String lowerCase(Path file) {
        return file.toString().toLowerCase(Locale.ROOT);
    }
}

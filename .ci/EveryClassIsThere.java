import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks for everything that Guidon's classes name on a class path, on that class path, which this program is started with. The compiler
 * sees more: what one module brings, and another declares again for its tests alone, is missing when that one runs.
 */
class EveryClassIsThere {

    /** What modules have only where their users bring it. Of the starter that is nearly all. */
    private static final Map<String, String> OPTIONAL = Map.of(
            "guidon-redis-store", "io/micrometer/.*",
            "guidon-audit-kafka", "io/micrometer/.*",
            "guidon-testkit", "org/(assertj|junit)/.*",
            "guidon-spring-boot-starter", ".*");

    public static void main(String[] args) throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                look(path, "", missing);
            } else if (Files.exists(path) && path.getFileName().toString().startsWith("guidon-")) {
                String artifact = path.getFileName().toString().replaceAll("-\\d.*", "");
                try (FileSystem jar = FileSystems.newFileSystem(path)) {
                    look(jar.getPath("/"), OPTIONAL.getOrDefault(artifact, ""), missing);
                }
            }
        }
        if (!missing.isEmpty()) {
            System.err.println("Not on the class path that this module has when it runs:");
            missing.forEach(System.err::println);
            System.exit(1);
        }
    }

    private static void look(Path classes, String optional, Set<String> missing) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                for (String name : named(file)) {
                    if (!isThere(name) && !name.matches(optional)) {
                        missing.add(classes.relativize(file) + " needs " + name);
                    }
                }
            }
        }
    }

    private static boolean isThere(String name) {
        ClassLoader loader = EveryClassIsThere.class.getClassLoader();
        return loader.getResource(name + ".class") != null;
    }

    /** The classes in the constant pool of a class file, section 4.4 of the Java Virtual Machine Specification. */
    private static Set<String> named(Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            in.skipNBytes(8);
            int count = in.readUnsignedShort();
            String[] texts = new String[count];
            int[] classes = new int[count];
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts[i] = in.readUTF();
                    case 7 -> classes[i] = in.readUnsignedShort();
                    case 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++;
                    }
                    default -> throw new IOException(file + ": no such tag: " + tag);
                }
            }
            for (int index : classes) {
                String name = index == 0 ? "" : texts[index];
                // of an array, its elements' class
                String element = name.startsWith("[") ? name.replaceAll("^\\[+L?|;$", "") : name;
                if (element.length() > 1 && !element.equals("module-info")) {
                    names.add(element);
                }
            }
        }
        return names;
    }
}

package chat.hearth.homeserver.config;

import chat.hearth.homeserver.config.ConfigSchema.Leaf;
import chat.hearth.homeserver.config.ConfigSchema.Section;
import io.helidon.config.Config;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Refuses keys that no record reads, so that a misspelt one is never taken for a setting.
final class UnknownKeys {
    /// Variables that begin as ours do but are read by the launcher, the tests and the benchmarks.
    private static final Set<String> FOREIGN_PREFIXES =
            Set.of("HEARTH_JAVA_", "HEARTH_JDK_", "HEARTH_MAVEN_", "HEARTH_TEST_", "HEARTH_BENCH_");

    private final Section schema;
    private final List<String> problems;

    /// Reports to `problems`.
    UnknownKeys(Section schema, List<String> problems) {
        this.schema = schema;
        this.problems = problems;
    }

    /// Looks through everything that a file holds.
    void inFile(ConfigValues written) {
        inSection(schema, written.root(), written);
    }

    /// Looks through the variables that begin as ours do.
    void inEnvironment(Map<String, String> environment) {
        List<String> known = schema.leaves().flatMap(UnknownKeys::variablesOf).toList();
        environment.keySet().stream()
                .filter(name -> name.startsWith(ConfigSchema.ENVIRONMENT_PREFIX))
                .filter(name -> FOREIGN_PREFIXES.stream().noneMatch(name::startsWith))
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> refuse(name + " in the environment", name, known));
    }

    private void inSection(Section section, Config node, ConfigValues written) {
        for (Config child : node.asNodeList().orElse(List.of())) {
            String name = child.key().name();
            String key = section.key().isEmpty() ? name : section.key() + "." + name;
            Optional<ConfigSchema.Node> known =
                    section.children().stream().filter(each -> isNamed(each, name)).findFirst();
            if (known.isEmpty()) {
                refuse(written.where(key), key, keysBelow(schema).toList());
            } else {
                checkShape(known.get(), child, written.where(key), written);
            }
        }
    }

    private void checkShape(
            ConfigSchema.Node known, Config node, String where, ConfigValues written) {
        boolean isObject = node.type() == Config.Type.OBJECT;
        switch (known) {
            case Section inner when isObject -> inSection(inner, node, written);
            case Section _ when isBlank(node) -> {}
            case Section _ -> problems.add(where + " is a section, not a value.");
            case Leaf _ when isObject -> problems.add(where + " is a value, not a section.");
            case Leaf leaf when node.type() == Config.Type.LIST && !leaf.isList() ->
                    problems.add(where + " is one value, not a list.");
            case Leaf _ -> {}
        }
    }

    /// A section with nothing in it, as when all its lines are comments.
    private static boolean isBlank(Config node) {
        return node.type() == Config.Type.VALUE && node.asString().orElse("").isEmpty();
    }

    private void refuse(String where, String written, List<String> known) {
        String meant =
                NearestKey.of(written, known).map(key -> " Did you mean `" + key + "`?").orElse("");
        problems.add(where + " is not an option." + meant);
    }

    private static boolean isNamed(ConfigSchema.Node node, String name) {
        return node.name().equals(name)
                || node instanceof Leaf leaf
                        && leaf.mayBeFile()
                        && name.equals(leaf.name() + "-file");
    }

    private static Stream<String> keysBelow(Section section) {
        return section.children().stream()
                .flatMap(
                        child ->
                                switch (child) {
                                    case Section inner ->
                                            Stream.concat(Stream.of(inner.key()), keysBelow(inner));
                                    case Leaf leaf when leaf.mayBeFile() ->
                                            Stream.of(leaf.key(), leaf.key() + "-file");
                                    case Leaf leaf -> Stream.of(leaf.key());
                                });
    }

    private static Stream<String> variablesOf(Leaf leaf) {
        return leaf.mayBeFile()
                ? Stream.of(leaf.variable(), leaf.variable() + "_FILE")
                : Stream.of(leaf.variable());
    }
}

package chat.hearth.homeserver.config;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.config.spi.ConfigSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One place where values come from: a file, or the environment.
final class ConfigValues {
    private final String place;
    private final boolean variables;
    private final Config config;

    private ConfigValues(String place, boolean variables, Config config) {
        this.place = place;
        this.variables = variables;
        this.config = config;
    }

    /// A value as it was written, with the words that tell where.
    record Written(List<String> parts, String where) {
        String single() {
            return String.join(",", parts);
        }
    }

    static ConfigValues none() {
        return new ConfigValues("", false, Config.empty());
    }

    /// The YAML in `file`; throws what Helidon throws when it is not there or no YAML.
    static ConfigValues ofFile(Path file) {
        return new ConfigValues(file.toString(), false, build(ConfigSources.file(file)));
    }

    /// The variables of `environment` that set an option of `schema`.
    static ConfigValues ofEnvironment(
            ConfigSchema.Section schema, Map<String, String> environment) {
        Map<String, String> set = new TreeMap<>();
        for (ConfigSchema.Leaf leaf : schema.leaves().toList()) {
            putIfSet(set, leaf.key(), environment.get(leaf.variable()));
            if (leaf.mayBeFile()) {
                putIfSet(set, leaf.key() + "-file", environment.get(leaf.variable() + "_FILE"));
            }
        }
        return new ConfigValues("environment", true, build(ConfigSources.create(set)));
    }

    private static void putIfSet(Map<String, String> set, String key, @Nullable String value) {
        if (value != null) {
            set.put(key, value);
        }
    }

    /// Only the source itself: no files found by chance, no system properties, nothing substituted.
    private static Config build(Supplier<? extends ConfigSource> source) {
        return Config.builder()
                .sources(source)
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .disableKeyResolving()
                .disableValueResolving()
                .disableCaching()
                .build();
    }

    /// The top of the tree of keys.
    Config root() {
        return config;
    }

    /// What is written for `key`, if anything is.
    Optional<Written> find(String key) {
        Config node = config.get(key);
        return switch (node.type()) {
            case VALUE -> {
                String text = node.asString().get();
                yield Optional.of(new Written(variables ? split(text) : List.of(text), where(key)));
            }
            case LIST -> Optional.of(new Written(items(node), where(key)));
            case OBJECT, MISSING -> Optional.empty();
        };
    }

    /// How a person finds `key` in this place.
    String where(String key) {
        return variables
                ? ConfigSchema.ENVIRONMENT_PREFIX
                        + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT)
                : place + ": " + key;
    }

    static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static List<String> items(Config list) {
        Stream<Config> nodes = list.asNodeList().get().stream();
        return nodes.map(node -> node.asString().orElse("")).collect(Collectors.toList());
    }
}

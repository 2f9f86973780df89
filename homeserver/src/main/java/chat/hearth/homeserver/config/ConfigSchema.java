package chat.hearth.homeserver.config;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The known keys, read off the configuration records. Immutable.
final class ConfigSchema {
    /// What every variable of the environment that sets an option begins with.
    static final String ENVIRONMENT_PREFIX = "HEARTH_";

    private ConfigSchema() {}

    /// One place in the tree of keys.
    sealed interface Node {
        /// The last part of the key.
        String name();

        /// The whole key, parts separated by dots; empty at the root.
        String key();

        /// What it is for.
        String text();
    }

    /// A group of options, made into one record.
    record Section(
            String name, String key, String text, Class<? extends Record> type, List<Node> children)
            implements Node {
        /// Every option below, in the order of the records.
        Stream<Leaf> leaves() {
            return children.stream()
                    .flatMap(
                            child ->
                                    switch (child) {
                                        case Section section -> section.leaves();
                                        case Leaf leaf -> Stream.of(leaf);
                                    });
        }
    }

    /// One option.
    record Leaf(
            String name,
            String key,
            String text,
            OptionKind kind,
            Class<?> type,
            boolean isList,
            String fallback,
            long min,
            long max)
            implements Node {
        /// The variable of the environment that sets it.
        String variable() {
            return ENVIRONMENT_PREFIX
                    + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
        }

        /// Whether its value may also be given as a file that holds it.
        boolean mayBeFile() {
            return kind == OptionKind.SECRET;
        }
    }

    /// The keys of `type`.
    static Section of(Class<? extends Record> type) {
        return new Section("", "", "", type, children("", type, Map.of()));
    }

    private static List<Node> children(
            String prefix, Class<? extends Record> type, Map<String, String> defaults) {
        List<Node> nodes = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            nodes.add(node(prefix, component, defaults));
        }
        return List.copyOf(nodes);
    }

    private static Node node(
            String prefix, RecordComponent component, Map<String, String> defaults) {
        Option option = optionOf(component);
        String name = kebab(component.getName());
        String key = prefix.isEmpty() ? name : prefix + "." + name;
        if (component.getType().isRecord() && !isValue(component)) {
            Class<? extends Record> type = component.getType().asSubclass(Record.class);
            Map<String, String> own = defaultsOf(option);
            return new Section(name, key, option.value(), type, children(key, type, own));
        }
        boolean isList = component.getType() == List.class;
        Class<?> element = isList ? elementOf(component) : component.getType();
        return new Leaf(
                name,
                key,
                option.value(),
                OptionKind.of(component.getName(), element),
                element,
                isList,
                defaults.getOrDefault(name, option.fallback()),
                option.min(),
                option.max());
    }

    /// A record may also be one value, such as a server name: those have no options inside.
    private static boolean isValue(RecordComponent component) {
        return Arrays.stream(component.getType().getRecordComponents())
                .noneMatch(inner -> inner.isAnnotationPresent(Option.class));
    }

    private static Option optionOf(RecordComponent component) {
        AnnotatedElement annotated = component;
        Option option = annotated.getAnnotation(Option.class);
        if (option == null) {
            throw new IllegalStateException("no @Option at " + component);
        }
        return option;
    }

    private static Map<String, String> defaultsOf(Option option) {
        Map<String, String> defaults = new HashMap<>();
        for (String each : option.defaults()) {
            int equals = each.indexOf('=');
            defaults.put(each.substring(0, equals), each.substring(equals + 1));
        }
        return defaults;
    }

    private static Class<?> elementOf(RecordComponent component) {
        ParameterizedType list = (ParameterizedType) component.getGenericType();
        return (Class<?>) list.getActualTypeArguments()[0];
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}

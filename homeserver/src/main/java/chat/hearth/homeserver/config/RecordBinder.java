package chat.hearth.homeserver.config;

import chat.hearth.homeserver.config.ConfigSchema.Leaf;
import chat.hearth.homeserver.config.ConfigSchema.Section;
import chat.hearth.homeserver.config.ConfigValues.Written;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the configuration records from what is written, earlier sources before later ones, and
/// collects what is wrong. For one reading, by one thread.
final class RecordBinder {
    private final List<ConfigValues> sources;
    private final List<String> problems;
    private final SecretFiles secretFiles;

    RecordBinder(List<ConfigValues> sources, List<String> problems, SecretFiles secretFiles) {
        this.sources = sources;
        this.problems = problems;
        this.secretFiles = secretFiles;
    }

    /// The record of `section`, or null when something in it is wrong, which is then a problem.
    @Nullable Object bind(Section section) {
        int before = problems.size();
        List<@Nullable Object> arguments = new ArrayList<>();
        for (ConfigSchema.Node child : section.children()) {
            arguments.add(
                    switch (child) {
                        case Section inner -> bind(inner);
                        case Leaf leaf -> valueOf(leaf);
                    });
        }
        return problems.size() > before ? null : construct(section, arguments);
    }

    private @Nullable Object construct(Section section, List<@Nullable Object> arguments) {
        try {
            Class<?>[] types =
                    Arrays.stream(section.type().getRecordComponents())
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            Constructor<? extends Record> constructor =
                    section.type().getDeclaredConstructor(types);
            return constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException reason) {
                problems.add(section.key() + ": " + reason.getMessage() + ".");
                return null;
            }
            throw new IllegalStateException("cannot make " + section.type(), refused);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("cannot make " + section.type(), broken);
        }
    }

    private @Nullable Object valueOf(Leaf leaf) {
        Optional<Written> written = find(leaf);
        if (written.isPresent()) {
            return leaf.isList()
                    ? readList(leaf, written.get())
                    : read(leaf, written.get().single(), written.get().where());
        }
        if (leaf.isList()) {
            return readList(leaf, new Written(ConfigValues.split(leaf.fallback()), leaf.key()));
        }
        return leaf.fallback().isEmpty() ? null : read(leaf, leaf.fallback(), leaf.key());
    }

    /// The first source that sets the option decides, by the value itself or by a file that holds
    /// it.
    private Optional<Written> find(Leaf leaf) {
        for (ConfigValues source : sources) {
            Optional<Written> direct = source.find(leaf.key());
            Optional<Written> file =
                    leaf.mayBeFile() ? source.find(leaf.key() + "-file") : Optional.empty();
            if (direct.isPresent() && file.isPresent()) {
                problems.add(direct.get().where() + " is given twice: as a value and as a file.");
                return direct;
            }
            if (file.isPresent()) {
                return Optional.of(contents(leaf, file.get()));
            }
            if (direct.isPresent()) {
                return direct;
            }
        }
        return Optional.empty();
    }

    private Written contents(Leaf leaf, Written file) {
        try {
            secretFiles.check(file.where(), Path.of(file.single()));
            List<String> lines = Files.readString(Path.of(file.single())).lines().toList();
            if (!leaf.isList() && lines.size() != 1) {
                problems.add(file.where() + ": the file must hold exactly one line.");
            }
            return new Written(lines, file.where());
        } catch (IOException unreadable) {
            problems.add(file.where() + ": cannot read " + file.single() + ".");
            return new Written(List.of(), file.where());
        }
    }

    private List<Object> readList(Leaf leaf, Written written) {
        List<Object> values = new ArrayList<>();
        for (String part : written.parts()) {
            Object value = read(leaf, part, written.where());
            if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    private @Nullable Object read(Leaf leaf, String text, String where) {
        try {
            Object value = leaf.kind().read(leaf.type(), text);
            long magnitude = OptionKind.magnitude(value);
            if (magnitude < leaf.min() || magnitude > leaf.max()) {
                problems.add(
                        where
                                + " is `"
                                + text
                                + "`, which is out of its bounds: "
                                + bounds(leaf)
                                + ".");
            }
            return value;
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            problems.add(where + refusal(leaf, text, wrong) + ".");
            return null;
        }
    }

    /// The address of a database may hold a password and is not repeated.
    private static String refusal(Leaf leaf, String text, RuntimeException wrong) {
        return leaf.kind() == OptionKind.DATABASE
                ? " " + wrong.getMessage()
                : " is `" + text + "`, but must be " + leaf.kind().required(leaf.type());
    }

    static String bounds(Leaf leaf) {
        String unit = leaf.kind() == OptionKind.DURATION ? " ms" : "";
        String from = leaf.min() == Long.MIN_VALUE ? "" : "from " + leaf.min() + unit;
        String to = leaf.max() == Long.MAX_VALUE ? "" : "up to " + leaf.max() + unit;
        return (from + " " + to).strip();
    }
}

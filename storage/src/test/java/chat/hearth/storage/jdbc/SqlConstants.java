package chat.hearth.storage.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds all statements of this package: whatever a constant of one of its classes holds.
final class SqlConstants {
    private SqlConstants() {}

    /// All statements, with where they were found.
    static Map<Sql, String> all() {
        Map<Sql, String> found = new LinkedHashMap<>();
        try {
            for (Class<?> type : types()) {
                for (Field field : type.getDeclaredFields()) {
                    if (Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        collect(
                                type.getSimpleName() + "." + field.getName(),
                                field.get(null),
                                found);
                    }
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private static void collect(String where, @Nullable Object value, Map<Sql, String> found)
            throws ReflectiveOperationException {
        switch (value) {
            case Sql sql -> found.put(sql, where);
            case Collection<?> many -> {
                for (Object each : many) {
                    collect(where, each, found);
                }
            }
            case Record bundle -> {
                for (RecordComponent component : bundle.getClass().getRecordComponents()) {
                    component.getAccessor().setAccessible(true);
                    String part = where + "." + component.getName();
                    collect(part, component.getAccessor().invoke(bundle), found);
                }
            }
            case null, default -> {}
        }
    }

    private static List<Class<?>> types() throws ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        String folder = SqlConstants.class.getPackageName().replace('.', '/');
        try {
            Path root =
                    Path.of(Sql.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.list(root.resolve(folder))) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".class") && !name.startsWith("package-info")) {
                        String simple = name.substring(0, name.length() - ".class".length());
                        types.add(Class.forName(Sql.class.getPackageName() + "." + simple));
                    }
                }
            }
            return types;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

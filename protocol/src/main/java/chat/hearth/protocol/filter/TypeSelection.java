package chat.hearth.protocol.filter;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The lists `types` and `not_types`, in which `*` stands for any characters. Being on the second
/// always excludes. Immutable, equal when the lists select alike by the same patterns.
public final class TypeSelection {
    /// Both lists absent: everything passes.
    public static final TypeSelection ALL = new TypeSelection(null, List.of());

    private final @Nullable TypePatterns only;
    private final TypePatterns not;

    private TypeSelection(@Nullable List<String> only, List<String> not) {
        this.only = only == null ? null : TypePatterns.of(only);
        this.not = TypePatterns.of(not);
    }

    /// The selection by `types`, null when that list is absent, and `notTypes`.
    public static TypeSelection of(@Nullable List<String> types, List<String> notTypes) {
        return types == null && notTypes.isEmpty() ? ALL : new TypeSelection(types, notTypes);
    }

    /// Whether events of `type` pass.
    public boolean accepts(String type) {
        return (only == null || only.match(type)) && !not.match(type);
    }

    /// Whether everything passes.
    public boolean acceptsAll() {
        return only == null && not.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TypeSelection selection
                && Objects.equals(selection.only, only)
                && selection.not.equals(not);
    }

    @Override
    public int hashCode() {
        return Objects.hash(only, not);
    }
}

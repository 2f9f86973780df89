package chat.hearth.protocol.filter;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A pair of lists such as `senders` and `not_senders`. Being on the second always excludes.
///
/// @param only the ids that pass, or null when the list is absent and all do
/// @param not the ids that do not pass even so
public record IdSelection(@Nullable Set<String> only, Set<String> not) {
    /// Both lists absent: everything passes.
    public static final IdSelection ALL = new IdSelection(null, Set.of());

    /// Takes unmodifiable copies.
    public IdSelection {
        only = only == null ? null : Set.copyOf(only);
        not = Set.copyOf(not);
    }

    /// Whether `id` passes.
    public boolean accepts(String id) {
        return (only == null || only.contains(id)) && !not.contains(id);
    }

    /// Whether nothing passes.
    public boolean acceptsNone() {
        return only != null && not.containsAll(only);
    }

    /// Whether everything passes.
    public boolean acceptsAll() {
        return only == null && not.isEmpty();
    }
}

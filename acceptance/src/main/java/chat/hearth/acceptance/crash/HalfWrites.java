package chat.hearth.acceptance.crash;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds writes that are there by halves: an event in the timeline and the value that it sets are
/// one write, so they are both there or neither is.
final class HalfWrites {

    private HalfWrites() {}

    /// Judges one cell that a single worker writes, one write after another.
    ///
    /// @param before what the cell held before `writes`
    /// @param value what it holds now
    /// @param writes the worker's events since then, in the order in which they were written; those
    ///   that set another cell or none are passed over
    /// @param shown the tags of all events that timelines show
    /// @return what is wrong, empty when the cell holds what the last event shown has set
    static Optional<String> find(
            Cell cell, String before, String value, List<Entry> writes, Set<String> shown) {
        String expected = before;
        String by = "no event";
        for (Entry write : writes) {
            Entry.Setting sets = write.sets();
            if (sets != null && sets.cell().equals(cell) && shown.contains(write.tag())) {
                expected = sets.value();
                by = write.tag();
            }
        }
        if (expected.equals(value)) {
            return Optional.empty();
        }
        return Optional.of(
                "half a write: %s is '%s', but the timeline shows %s as the last that set it, to '%s'"
                        .formatted(cell, value, by, expected));
    }
}

package chat.hearth.acceptance.crash;

import chat.hearth.acceptance.crash.Timeline.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Judges a room that was read from its end to its beginning once all kills are over. The audits in
/// between stop at the first event that they know; only this notices what was lost behind it.
final class LookBack {

    private LookBack() {}

    /// What is wrong with one room.
    ///
    /// @param grown the event ids in the order in which the audits saw them come
    /// @param whole the room as it is read now, oldest first
    /// @param entries every write of the load, those to other rooms too
    static List<String> differences(
            String room, List<String> grown, List<Seen> whole, List<Entry> entries) {
        List<String> found = new ArrayList<>();
        List<String> now = whole.stream().map(Seen::eventId).toList();
        if (!now.equals(grown)) {
            found.add(Difference.between("looking back at " + room, grown, now));
        }
        Map<String, List<String>> eventsOfTag = new HashMap<>();
        for (Seen seen : whole) {
            eventsOfTag.computeIfAbsent(seen.tag(), _ -> new ArrayList<>()).add(seen.eventId());
        }
        for (Entry entry : entries) {
            if (entry.roomId().equals(room) && entry.outcome() == Outcome.ACKNOWLEDGED) {
                List<String> there = eventsOfTag.getOrDefault(entry.tag(), List.of());
                if (!isThereOnce(entry, there)) {
                    found.add("looking back: " + entry + " is " + there);
                }
            }
        }
        return found;
    }

    private static boolean isThereOnce(Entry entry, List<String> there) {
        return there.size() == 1
                && (entry.eventId() == null || entry.eventId().equals(there.getFirst()));
    }
}

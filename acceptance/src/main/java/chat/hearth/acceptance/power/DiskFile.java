package chat.hearth.acceptance.power;

import chat.hearth.acceptance.power.Step.Action;
import java.util.ArrayList;
import java.util.List;

/// A file on a disk that keeps what was synced and may lose, or keep in part, what was not.
final class DiskFile {

    private final FileContent durable = new FileContent();
    private final List<Change> changes = new ArrayList<>();

    /// A write or truncation that may not have reached the disk. It has come back when `ended`.
    static final class Change {
        private final Action action;
        private boolean ended;

        Change(Action action) {
            this.action = action;
        }

        void end() {
            ended = true;
        }
    }

    Change begin(Action action) {
        var change = new Change(action);
        changes.add(change);
        return change;
    }

    /// What a sync that begins now makes durable once it ends: a change still under way may come
    /// too late for it.
    List<Change> ended() {
        return changes.stream().filter(change -> change.ended).toList();
    }

    void makeDurable(List<Change> synced) {
        for (Change change : synced) {
            // Another sync may have been quicker.
            if (changes.remove(change)) {
                durable.apply(change.action);
            }
        }
    }

    /// What could be there after a loss of power now.
    FileContent afterLoss(Luck luck) {
        FileContent content = durable.copy();
        for (Change change : changes) {
            switch (change.action) {
                case Action.Write write -> luck.surviving(write).forEach(content::apply);
                case Action action when luck.survives() -> content.apply(action);
                case Action _ -> {}
            }
        }
        return content;
    }
}

package chat.hearth.acceptance.power;

import chat.hearth.acceptance.power.DiskFile.Change;
import chat.hearth.acceptance.power.Step.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The files of a directory as a trace goes on, and what a loss of power would leave of them. More
/// unkind than any file system: even names are lost until their directory is synced.
final class Disk {

    private final Map<String, DiskFile> files = new HashMap<>();
    private final Map<String, DiskFile> durableNames = new HashMap<>();
    private final List<NameChange> nameChanges = new ArrayList<>();
    private final Map<Integer, Runnable> underWay = new HashMap<>();
    private final Set<Acknowledgement> acknowledged = new HashSet<>();

    private record NameChange(String name, @Nullable DiskFile file) {}

    /// Goes on by one step.
    void apply(Step step) {
        switch (step) {
            case Step.Begun(int call, Action action) -> underWay.put(call, begin(action));
            case Step.Ended(int call) -> {
                Runnable atEnd = underWay.remove(call);
                if (atEnd == null) {
                    throw new IllegalStateException("a call ends that never began");
                }
                atEnd.run();
            }
            case Step.Acknowledged(Acknowledgement write) -> acknowledged.add(write);
        }
    }

    /// What was acknowledged so far.
    Set<Acknowledgement> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /// Lets a call begin.
    ///
    /// @return what is to be done when it ends
    private Runnable begin(Action action) {
        return switch (action) {
            case Action.Write write -> file(write.file()).begin(write)::end;
            case Action.Truncate truncate -> file(truncate.file()).begin(truncate)::end;
            case Action.Sync(String name) -> {
                DiskFile file = file(name);
                List<Change> synced = file.ended();
                yield () -> file.makeDurable(synced);
            }
            case Action.SyncNames() -> {
                List<NameChange> synced = List.copyOf(nameChanges);
                yield () -> makeDurable(synced);
            }
            case Action.Create(String name) -> () -> create(name);
            case Action.Remove(String name) -> () -> rename(name, null);
        };
    }

    private DiskFile file(String name) {
        DiskFile file = files.get(name);
        if (file == null) {
            throw new IllegalStateException("there is no file " + name);
        }
        return file;
    }

    private void create(String name) {
        if (!files.containsKey(name)) {
            rename(name, new DiskFile());
        }
    }

    private void rename(String name, @Nullable DiskFile file) {
        put(files, new NameChange(name, file));
        nameChanges.add(new NameChange(name, file));
    }

    private void makeDurable(List<NameChange> synced) {
        for (NameChange change : synced) {
            // Another sync may have been quicker.
            if (nameChanges.remove(change)) {
                put(durableNames, change);
            }
        }
    }

    private static void put(Map<String, DiskFile> names, NameChange change) {
        if (change.file() == null) {
            names.remove(change.name());
        } else {
            names.put(change.name(), change.file());
        }
    }

    /// Writes what a loss of power now could leave into an empty directory.
    void writeAfterLoss(Path directory, Luck luck) throws IOException {
        for (var file : namesAfterLoss(luck).entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue().afterLoss(luck).bytes());
        }
    }

    /// Changes of one name happen in order, those of different names in any.
    private Map<String, DiskFile> namesAfterLoss(Luck luck) {
        // In alphabetical order, so that the same seed makes the same image.
        Map<String, DiskFile> names = new TreeMap<>(durableNames);
        for (String name :
                nameChanges.stream().map(NameChange::name).sorted().distinct().toList()) {
            List<NameChange> ofName =
                    nameChanges.stream().filter(change -> change.name().equals(name)).toList();
            ofName.subList(0, luck.survivingOf(ofName.size()))
                    .forEach(change -> put(names, change));
        }
        return names;
    }
}

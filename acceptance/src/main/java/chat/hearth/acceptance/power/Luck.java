package chat.hearth.acceptance.power;

import chat.hearth.acceptance.power.Step.Action;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Decides what of the unsynced changes survives one loss of power.
final class Luck {

    /// From a disk that lost its whole cache to one that wrote nearly all of it.
    private static final double[] SURVIVAL = {0, 0.1, 0.5, 0.9, 1};

    private static final double[] TEARING = {0, 0.1, 0.5};

    /// What disks write wholly or not at all, bytes.
    private static final int[] SECTORS = {512, 4_096};

    private final Random random;
    private final double survival;
    private final double tearing;
    private final int sectorBytes;
    private int losses;

    Luck(Random random) {
        this.random = random;
        this.survival = SURVIVAL[random.nextInt(SURVIVAL.length)];
        this.tearing = TEARING[random.nextInt(TEARING.length)];
        this.sectorBytes = SECTORS[random.nextInt(SECTORS.length)];
    }

    boolean survives() {
        return noted(random.nextDouble() < survival);
    }

    /// How many decisions went against a change or a part of one.
    int losses() {
        return losses;
    }

    private boolean noted(boolean survives) {
        losses += survives ? 0 : 1;
        return survives;
    }

    /// How many of `count` changes that follow upon each other survive.
    int survivingOf(int count) {
        return (int) IntStream.range(0, count).takeWhile(_ -> survives()).count();
    }

    /// What is left of a write: all of it, nothing, or some of the sectors it touches.
    List<Action.Write> surviving(Action.Write write) {
        if (random.nextDouble() < tearing) {
            return sectors(write).stream().filter(_ -> noted(random.nextBoolean())).toList();
        }
        return survives() ? List.of(write) : List.of();
    }

    private List<Action.Write> sectors(Action.Write write) {
        long end = write.offset() + write.bytes().length;
        long firstSector = write.offset() / sectorBytes;
        return IntStream.rangeClosed(0, (int) ((end - 1) / sectorBytes - firstSector))
                .mapToObj(n -> (firstSector + n) * sectorBytes)
                .map(start -> part(write, start, Math.min(end, start + sectorBytes)))
                .toList();
    }

    private static Action.Write part(Action.Write write, long sectorStart, long until) {
        long from = Math.max(sectorStart, write.offset());
        byte[] bytes =
                Arrays.copyOfRange(
                        write.bytes(),
                        (int) (from - write.offset()),
                        (int) (until - write.offset()));
        return new Action.Write(write.file(), from, bytes);
    }
}

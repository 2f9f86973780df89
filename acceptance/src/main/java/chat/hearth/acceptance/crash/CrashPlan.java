package chat.hearth.acceptance.crash;

import java.time.Duration;

/// How one run goes.
///
/// @param kills how many kills
/// @param seed of everything drawn at random
/// @param loadMin the shortest load before a kill
/// @param loadMax the longest load before a kill
public record CrashPlan(int kills, long seed, Duration loadMin, Duration loadMax) {

    static final int WORKERS = 8;
    static final int READERS = 2;

    /// So many workers have another device that follows their account data.
    static final int SECOND_DEVICES = 2;

    static final int LOBBIES = 4;

    /// Short bursts, so that the kill often falls into start-up work and first writes too.
    public static CrashPlan of(int kills, long seed) {
        return new CrashPlan(kills, seed, Duration.ofMillis(150), Duration.ofMillis(900));
    }

    /// Which process dies.
    enum Victim {
        SERVER,
        DATABASE,
        BOTH
    }
}

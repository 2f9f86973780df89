package chat.hearth.homeserver.config;

/// What it costs to check a password with Argon2id. A password that was hashed at another cost
/// still works: the cost stands beside each hash.
///
/// @param memoryKib memory per check, in KiB
/// @param iterations passes over that memory
/// @param parallelism lanes of one check
/// @param concurrency how many checks run at once
/// @param waitingMax how many checks may wait for their turn
/// @param lengthMin the shortest password that a user may choose, in characters
public record PasswordHashConfig(
        @Option(
                        value = "Memory of one check, in KiB.",
                        fallback = "19456",
                        min = 8,
                        max = 4_194_304)
                int memoryKib,
        @Option(value = "Passes over that memory.", fallback = "2", min = 1, max = 100)
                int iterations,
        @Option(value = "Lanes of one check.", fallback = "1", min = 1, max = 64) int parallelism,
        @Option(
                        value = "How many checks run at once; each holds its memory meanwhile.",
                        fallback = "2",
                        min = 1,
                        max = 256)
                int concurrency,
        @Option(
                        value =
                                "How many more may wait for their turn; beyond it, log-ins are refused.",
                        fallback = "64",
                        min = 0,
                        max = 100_000)
                int waitingMax,
        @Option(
                        value =
                                "The shortest password that users may choose, in characters. Those"
                                        + " that are shorter already still work.",
                        fallback = "8",
                        min = 1,
                        max = 512)
                int lengthMin) {

    /// Refuses less memory than the lanes need (RFC 9106, section 3.1).
    public PasswordHashConfig {
        if (memoryKib < KIB_PER_LANE * parallelism) {
            throw new IllegalArgumentException(
                    "`memory-kib` must be at least 8 times `parallelism`");
        }
    }

    private static final int KIB_PER_LANE = 8;
}

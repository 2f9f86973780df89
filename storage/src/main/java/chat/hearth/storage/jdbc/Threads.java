package chat.hearth.storage.jdbc;

/// Waiting for threads that are about to end.
final class Threads {
    private Threads() {}

    /// Waits until `thread` has ended. An interrupt does not end the waiting; it is kept.
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package chat.hearth.storage.jdbc;

import java.util.concurrent.CountDownLatch;

/// Waiting for what is about to happen.
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

    /// Waits for what is about to happen. An interrupt does not end the waiting; it is kept.
    static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package chat.hearth.acceptance.power;

import chat.hearth.protocol.id.EventId;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.StoredAnswer;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TransactionKey;
import chat.hearth.storage.WriteTransaction;
import chat.hearth.storage.jdbc.Database;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The process that is traced: several threads write through the journal, each one write at a time,
/// and note each as acknowledged as soon as it is. The database is opened and closed several times,
/// so that its log is made, written back, reset and removed.
final class TracedWriter {
    static final String DATABASE_FILE = "hearth.db";
    static final String ACKNOWLEDGED_FILE = "acknowledged";

    private static final int SESSIONS = 3;
    private static final int WRITERS = 8;
    private static final int WRITES_PER_SESSION = 45;

    /// So long on average between the writes of a writer that a session outlasts two rounds of the
    /// write-back, and that some commits are shared and some are not.
    private static final int PAUSE_MAX_MILLIS = 100;

    private static final int BODY_MAX_BYTES = 1_500;

    private final Stores stores;
    private final Database database;
    private final FileOutputStream acknowledged;

    private TracedWriter(Database database, FileOutputStream acknowledged) {
        this.database = database;
        this.stores = database.stores();
        this.acknowledged = acknowledged;
    }

    /// The entry point.
    ///
    /// @param args an empty directory, then what to draw the sizes and pauses from
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of(args[0]);
        long seed = Long.parseLong(args[1]);
        var config = new DatabaseConfig.Sqlite(directory.resolve(DATABASE_FILE), 2, WRITERS);
        Path notes = directory.resolve(ACKNOWLEDGED_FILE);
        try (var acknowledged = new FileOutputStream(notes.toFile())) {
            for (int session = 0; session < SESSIONS; session++) {
                try (var database = Database.open(config, _ -> {}, new SecureRandom())) {
                    new TracedWriter(database, acknowledged).write(seed, session);
                }
            }
        }
    }

    private void write(long seed, int session) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int writer = 1; writer <= WRITERS; writer++) {
            int me = writer;
            var choices = new Random(seed + writer);
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> writeAll(me, session * WRITES_PER_SESSION, choices)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void writeAll(int writer, int before, Random choices) {
        for (int number = before + 1; number <= before + WRITES_PER_SESSION; number++) {
            var write = new Acknowledgement(writer, number);
            byte[] content = write.content(choices.nextInt(BODY_MAX_BYTES));
            database.journal().write(tx -> store(tx, write, content));
            acknowledge(write);
            pause(choices.nextInt(PAUSE_MAX_MILLIS));
        }
    }

    /// What sending a message writes, in little: an event, the transaction id that it answers, and
    /// a value that is replaced each time.
    private long store(WriteTransaction tx, Acknowledgement write, byte[] content) {
        long position = tx.nextPosition();
        int writer = write.writer();
        var event =
                new StoredEvent(
                        position,
                        writer,
                        new EventId("$" + write.tag()),
                        writer,
                        "m.room.message",
                        0,
                        position,
                        0,
                        position,
                        0,
                        0,
                        0,
                        content,
                        "{}".getBytes(StandardCharsets.UTF_8),
                        0);
        stores.events().append(tx, event);
        stores.transactions()
                .record(
                        tx,
                        new TransactionKey(writer, 0, write.tag()),
                        new StoredAnswer(position, position));
        stores.accountData().put(tx, new AccountData(writer, 0, "m.fully_read", position, content));
        return position;
    }

    private void acknowledge(Acknowledgement write) {
        try {
            acknowledged.write(write.line().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted between two writes", e);
        }
    }
}

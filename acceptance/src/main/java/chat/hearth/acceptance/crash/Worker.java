package chat.hearth.acceptance.crash;

import static chat.hearth.acceptance.wire.Account.V3;
import static chat.hearth.acceptance.wire.Requests.escape;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Answer;
import chat.hearth.acceptance.wire.Connection;
import chat.hearth.protocol.json.JsonObject;
import java.io.IOException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One client of the mixed load: writes one thing after another, as fast as it is answered, until
/// the server dies or the load is told to stop. Every write carries a tag that no other write has.
final class Worker {

    /// The type of the account data that each worker writes.
    static final String ACCOUNT_DATA = "chat.hearth.crash";

    private final int index;
    private final Stage stage;
    private final Account account;
    private final Ledger ledger = new Ledger();
    private final Set<String> joined = new HashSet<>();
    private @Nullable String lastSent;
    private long next;

    Worker(int index, Stage stage) {
        this.index = index;
        this.stage = stage;
        this.account = stage.workers().get(index);
    }

    Ledger ledger() {
        return ledger;
    }

    Account account() {
        return account;
    }

    /// Tells the membership that the audit read, so that the next toggle goes the right way.
    void settleMembership(String lobby, boolean isJoined) {
        if (isJoined) {
            joined.add(lobby);
        } else {
            joined.remove(lobby);
        }
    }

    /// Writes until `stopped`, or until the outcome of a write is unknown: what may follow it would
    /// depend on it.
    void run(Random random, BooleanSupplier stopped) {
        try (var connection = account.connect()) {
            boolean known = true;
            while (known && !stopped.getAsBoolean()) {
                known = write(connection, random);
            }
        } catch (IOException serverGone) {
            // The server died before this worker had connected: nothing was written.
        }
    }

    /// One write, drawn by weight.
    ///
    /// @return whether its outcome is known
    private boolean write(Connection connection, Random random) {
        int drawn = random.nextInt(100);
        if (drawn < 60) {
            return send(connection, random.nextBoolean() ? stage.shared() : stage.own().get(index));
        } else if (drawn < 72) {
            return putState(connection);
        } else if (drawn < 82) {
            return toggle(connection, stage.lobbies().get(random.nextInt(stage.lobbies().size())));
        } else if (drawn < 89) {
            return putReceipt(connection);
        } else if (drawn < 96) {
            return putAccountData(connection);
        }
        return register();
    }

    private String tag() {
        return "w" + index + "-" + next++;
    }

    private boolean send(Connection connection, String roomId) {
        String tag = tag();
        String target = Account.sendPath(roomId, tag);
        String body = Account.text(tag);
        Try tried = attempt(() -> connection.put(target, body), target);
        if (tried.outcome() != null) {
            var entry = entry(tag, roomId, target, body, tried, null);
            ledger.entry(entry);
            if (entry.eventId() != null && roomId.equals(stage.shared())) {
                lastSent = entry.eventId();
            }
        }
        return tried.outcome() != Outcome.UNKNOWN;
    }

    private Entry entry(
            String tag,
            String roomId,
            @Nullable String target,
            String body,
            Try tried,
            Entry.@Nullable Setting sets) {
        Outcome outcome = tried.outcome() == null ? Outcome.UNKNOWN : tried.outcome();
        String eventId = tried.json().string("event_id").orElse(null);
        return new Entry(tag, roomId, index, target, body, outcome, eventId, sets);
    }

    /// The state key that each worker writes in its own room.
    static String statePath(String roomId) {
        return V3 + "/rooms/" + escape(roomId) + "/state/chat.hearth.crash/key";
    }

    private boolean putState(Connection connection) {
        String tag = tag();
        String roomId = stage.own().get(index);
        String target = statePath(roomId);
        String body = JsonObject.of("tag", tag).toString();
        Try tried = attempt(() -> connection.put(target, body), target);
        if (tried.outcome() != null) {
            var sets = new Entry.Setting(new Cell(Cell.Kind.STATE, index, roomId), tag);
            ledger.entry(entry(tag, roomId, null, body, tried, sets));
        }
        return tried.outcome() != Outcome.UNKNOWN;
    }

    private boolean toggle(Connection connection, String roomId) {
        String tag = tag();
        boolean leaving = joined.contains(roomId);
        String target = V3 + "/rooms/" + escape(roomId) + (leaving ? "/leave" : "/join");
        String body = JsonObject.of("reason", tag).toString();
        Try tried = attempt(() -> connection.post(target, body), target);
        if (tried.outcome() != null) {
            var cell = new Cell(Cell.Kind.MEMBERSHIP, index, roomId);
            var sets = new Entry.Setting(cell, leaving ? Cell.ABSENT : Cell.JOINED);
            ledger.entry(entry(tag, roomId, null, body, tried, sets));
            settleMembership(roomId, !leaving);
        }
        return tried.outcome() != Outcome.UNKNOWN;
    }

    private boolean putReceipt(Connection connection) {
        String eventId = lastSent;
        if (eventId == null) {
            return true;
        }
        String roomId = stage.shared();
        String target = V3 + "/rooms/" + escape(roomId) + "/receipt/m.read/" + escape(eventId);
        Try tried = attempt(() -> connection.post(target, "{}"), target);
        if (tried.outcome() != null) {
            ledger.count(tried.outcome());
            ledger.cell(new Cell(Cell.Kind.RECEIPT, index, roomId), eventId, tried.outcome());
        }
        return tried.outcome() != Outcome.UNKNOWN;
    }

    /// The path of the account data that each worker writes.
    static String accountDataPath(Account account) {
        return V3 + "/user/" + escape(account.userId()) + "/account_data/" + ACCOUNT_DATA;
    }

    private boolean putAccountData(Connection connection) {
        String tag = tag();
        String target = accountDataPath(account);
        String body = JsonObject.of("tag", tag).toString();
        Try tried = attempt(() -> connection.put(target, body), target);
        if (tried.outcome() != null) {
            ledger.count(tried.outcome());
            ledger.cell(new Cell(Cell.Kind.ACCOUNT_DATA, index, ""), tag, tried.outcome());
        }
        return tried.outcome() != Outcome.UNKNOWN;
    }

    private boolean register() {
        String name = "new-" + tag();
        Try tried = attempt(() -> post(V3 + "/register", Account.registration(name)), name);
        if (tried.outcome() != null) {
            ledger.registration(name, tried.outcome());
        }
        return tried.outcome() != Outcome.UNKNOWN;
    }

    private Answer post(String target, String body) throws IOException {
        try (var anonymous = Connection.open(account.port())) {
            return anonymous.post(target, body);
        }
    }

    /// One request and what it tells. The outcome is null for a refusal, which is noted as such.
    private record Try(@Nullable Outcome outcome, JsonObject json) {}

    /// One request to the server.
    private interface Exchange {
        Answer exchange() throws IOException;
    }

    private Try attempt(Exchange exchange, String what) {
        Answer answer;
        try {
            answer = exchange.exchange();
        } catch (IOException broken) {
            return new Try(Outcome.UNKNOWN, JsonObject.EMPTY);
        }
        if (answer.ok()) {
            return new Try(Outcome.ACKNOWLEDGED, answer.json());
        }
        if (answer.serverFailed()) {
            return new Try(Outcome.UNKNOWN, JsonObject.EMPTY);
        }
        ledger.refusal(what + ": " + answer.status() + " " + answer.text());
        return new Try(null, JsonObject.EMPTY);
    }
}

package chat.hearth.acceptance.crash;

import chat.hearth.acceptance.wire.Account;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The accounts and rooms of one run, made before the load starts.
///
/// @param workers the accounts that write
/// @param readers the accounts that sync
/// @param shared the room where every worker writes
/// @param own one room for each worker, where it alone writes
/// @param lobbies rooms that workers join and leave
record Stage(
        List<Account> workers,
        List<Account> readers,
        String shared,
        List<String> own,
        List<String> lobbies) {

    /// Every room.
    List<String> rooms() {
        return Stream.of(List.of(shared), own, lobbies).flatMap(List::stream).toList();
    }

    /// Registers everybody and makes the rooms; every worker is in the shared room and its own,
    /// every reader in all rooms.
    ///
    /// @param run a text that keeps the names of several runs on one server apart
    static Stage build(int port, String run, int workers, int readers, int lobbies)
            throws IOException {
        List<Account> writing = accounts(port, run + "-worker-", workers);
        List<Account> reading = accounts(port, run + "-reader-", readers);
        List<String> own = new ArrayList<>();
        for (Account worker : writing) {
            try (var connection = worker.connect()) {
                own.add(Account.createPublicRoom(connection, "own"));
            }
        }
        List<String> lobbyRooms = new ArrayList<>();
        String shared;
        try (var connection = reading.getFirst().connect()) {
            shared = Account.createPublicRoom(connection, "shared");
            for (int n = 0; n < lobbies; n++) {
                lobbyRooms.add(Account.createPublicRoom(connection, "lobby"));
            }
        }
        var stage = new Stage(writing, reading, shared, List.copyOf(own), List.copyOf(lobbyRooms));
        stage.joinAll();
        return stage;
    }

    private static List<Account> accounts(int port, String prefix, int count) throws IOException {
        List<Account> accounts = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            accounts.add(Account.register(port, prefix + n));
        }
        return List.copyOf(accounts);
    }

    private void joinAll() throws IOException {
        for (Account worker : workers) {
            try (var connection = worker.connect()) {
                Account.join(connection, shared);
            }
        }
        for (Account reader : readers) {
            try (var connection = reader.connect()) {
                for (String room : rooms()) {
                    Account.join(connection, room);
                }
            }
        }
    }
}

package chat.hearth.acceptance.crash;

import static chat.hearth.acceptance.wire.Account.V3;
import static chat.hearth.acceptance.wire.Requests.escape;

import chat.hearth.acceptance.crash.Timeline.Seen;
import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Answer;
import chat.hearth.acceptance.wire.Connection;
import chat.hearth.protocol.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares a restarted server with what its clients were told before it died. Runs while nobody
/// writes.
final class Audit {

    /// So many acknowledged sends are repeated after each kill, besides all whose outcome was
    /// unknown.
    private static final int REPEATED_SENDS = 20;

    /// So many sends of the whole run are repeated after the last kill.
    private static final int REPEATED_AT_LAST = 2_000;

    private final Stage stage;
    private final List<Worker> workers;
    private final List<Reader> readers;
    private final List<Reader> secondDevices;
    private final Figures figures;
    private final Map<String, String> eventOfTag = new HashMap<>();
    private final Map<String, Set<String>> seen = new HashMap<>();

    /// @param readers follow all rooms
    /// @param secondDevices follow only what is their own user's
    Audit(
            Stage stage,
            List<Worker> workers,
            List<Reader> readers,
            List<Reader> secondDevices,
            Figures figures) {
        this.stage = stage;
        this.workers = workers;
        this.readers = readers;
        this.secondDevices = secondDevices;
        this.figures = figures;
    }

    /// Reads all rooms once, before any load, so that later readings are of new events only.
    void begin() throws IOException {
        try (var connection = reader().connect()) {
            readNew(connection);
        }
        Map<String, List<String>> known = new HashMap<>();
        seen.forEach((room, ids) -> known.put(room, List.copyOf(ids)));
        for (Reader reader : readers) {
            reader.begin(known);
        }
        for (Reader device : secondDevices) {
            device.begin(Map.of());
        }
    }

    private Account reader() {
        return stage.readers().getFirst();
    }

    /// The audit after one kill.
    void run(Random random) throws IOException {
        Map<String, List<Seen>> fresh;
        try (var connection = reader().connect()) {
            fresh = readNew(connection);
            for (Worker worker : workers) {
                checkWorker(worker, random);
            }
            readNew(connection)
                    .forEach(
                            (room, events) ->
                                    fresh.computeIfAbsent(room, _ -> new ArrayList<>())
                                            .addAll(events));
            checkReceipts(connection);
        }
        for (Reader reader : readers) {
            checkReader(reader, fresh);
            checkFollowed(reader);
        }
        for (Reader device : secondDevices) {
            device.drain();
            checkFollowed(device);
        }
    }

    /// The audit after all kills: everything there ever was, whatever earlier audits have checked.
    void lookBack(Random random) throws IOException {
        List<Entry> entries =
                workers.stream().flatMap(worker -> worker.ledger().entries().stream()).toList();
        try (var connection = reader().connect()) {
            for (String room : stage.rooms()) {
                List<Seen> whole = Timeline.back(connection, room, "", _ -> false);
                figures.eventsAgain(whole.size());
                List<String> grown = List.copyOf(seen.getOrDefault(room, Set.of()));
                LookBack.differences(room, grown, whole, entries).forEach(figures::violation);
            }
        }
        for (Worker worker : workers) {
            repeatOld(worker, random);
            try (var anonymous = Connection.open(worker.account().port())) {
                for (String name : worker.ledger().registrations()) {
                    checkRegistration(anonymous, name, Outcome.ACKNOWLEDGED);
                }
            }
        }
    }

    private void repeatOld(Worker worker, Random random) throws IOException {
        List<Entry> sends =
                worker.ledger().entries().stream()
                        .filter(entry -> entry.target() != null)
                        .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(sends, random);
        try (var connection = worker.account().connect()) {
            for (Entry entry : sends.stream().limit(REPEATED_AT_LAST / workers.size()).toList()) {
                repeat(connection, entry, eventOfTag.get(entry.tag()));
            }
        }
    }

    /// Reads what is new in each room; every tag must belong to one event for ever.
    private Map<String, List<Seen>> readNew(Connection connection) throws IOException {
        Map<String, List<Seen>> fresh = new LinkedHashMap<>();
        for (String room : stage.rooms()) {
            Set<String> before = seen.computeIfAbsent(room, _ -> new LinkedHashSet<>());
            List<Seen> events = Timeline.back(connection, room, "", before::contains);
            for (Seen event : events) {
                if (!before.add(event.eventId())) {
                    figures.violation(room + " shows " + event.eventId() + " twice");
                }
                String other =
                        event.tag().isEmpty()
                                ? null
                                : eventOfTag.putIfAbsent(event.tag(), event.eventId());
                if (other != null && !other.equals(event.eventId())) {
                    figures.violation(event.tag() + " is two events");
                }
            }
            figures.events(events.size());
            fresh.put(room, new ArrayList<>(events));
        }
        return fresh;
    }

    private void checkWorker(Worker worker, Random random) throws IOException {
        worker.ledger().refusals().forEach(refusal -> figures.violation("refused: " + refusal));
        worker.ledger().refusals().clear();
        try (var connection = worker.account().connect()) {
            List<Entry> entries = worker.ledger().takeEntries();
            checkEntries(connection, entries, random);
            checkCells(connection, worker, entries);
        }
        try (var anonymous = Connection.open(worker.account().port())) {
            for (var registration : worker.ledger().takeRegistrations().entrySet()) {
                checkRegistration(anonymous, registration.getKey(), registration.getValue());
            }
        }
    }

    private void checkEntries(Connection connection, List<Entry> entries, Random random)
            throws IOException {
        for (Entry entry : entries) {
            String there = eventOfTag.get(entry.tag());
            boolean acknowledged = entry.outcome() == Outcome.ACKNOWLEDGED;
            if (acknowledged && there == null) {
                figures.violation("lost: " + entry);
            } else if (acknowledged && entry.eventId() != null && !entry.eventId().equals(there)) {
                figures.violation("answered another event id than stored: " + entry);
            }
            if (!acknowledged) {
                figures.unknown(there != null);
                repeat(connection, entry, there);
            }
        }
        List<Entry> sample = entries.stream().filter(e -> e.eventId() != null).toList();
        for (int n = 0; n < Math.min(REPEATED_SENDS, sample.size()); n++) {
            Entry entry = sample.get(random.nextInt(sample.size()));
            repeat(connection, entry, entry.eventId());
        }
    }

    /// Sends a message again under its transaction id: the event that is there must be the answer.
    private void repeat(Connection connection, Entry entry, @Nullable String there)
            throws IOException {
        if (entry.target() == null) {
            return;
        }
        figures.repeated();
        Answer answer = connection.put(entry.target(), entry.body());
        String answered = answer.ok() ? answer.json().string("event_id").orElse("") : "";
        if (answered.isEmpty()) {
            figures.violation("repeating " + entry + " gave " + answer.status() + answer.text());
        } else if (there != null && !there.equals(answered)) {
            figures.violation("repeating " + entry + " gave " + answered);
        } else if (there == null) {
            eventOfTag.put(entry.tag(), answered);
        }
    }

    private void checkCells(Connection connection, Worker worker, List<Entry> entries)
            throws IOException {
        for (var written : List.copyOf(worker.ledger().cells().entrySet())) {
            Cell cell = written.getKey();
            if (cell.kind() == Cell.Kind.RECEIPT) {
                continue; // Receipts are only shown by sync, all at once.
            }
            String value = valueOf(connection, worker, cell);
            if (cell.kind().showsAsEvents()) {
                String before = worker.ledger().settled(cell);
                HalfWrites.find(cell, before, value, entries, eventOfTag.keySet())
                        .ifPresent(figures::violation);
            }
            checkCell(worker.ledger(), cell, written.getValue(), value);
            if (cell.kind() == Cell.Kind.MEMBERSHIP) {
                worker.settleMembership(cell.roomId(), value.equals(Cell.JOINED));
            }
        }
    }

    private void checkCell(Ledger ledger, Cell cell, List<String> possible, String value) {
        if (!possible.contains(value)) {
            figures.violation(cell + " is '" + value + "', but only possible: " + possible);
        }
        ledger.settle(cell, value);
    }

    private static String valueOf(Connection connection, Worker worker, Cell cell)
            throws IOException {
        return switch (cell.kind()) {
            case STATE -> member(connection.get(Worker.statePath(cell.roomId())), "tag");
            case ACCOUNT_DATA ->
                    member(connection.get(Worker.accountDataPath(worker.account())), "tag");
            case MEMBERSHIP -> {
                JsonObject rooms = connection.get(V3 + "/joined_rooms").expectOk("joined_rooms");
                List<String> joined =
                        rooms.array("joined_rooms").flatMap(a -> a.strings()).orElse(List.of());
                yield joined.contains(cell.roomId()) ? Cell.JOINED : Cell.ABSENT;
            }
            case RECEIPT -> throw new IllegalArgumentException("read by sync: " + cell);
        };
    }

    private static String member(Answer answer, String name) {
        return answer.ok() ? answer.json().string(name).orElse(Cell.ABSENT) : Cell.ABSENT;
    }

    private void checkRegistration(Connection connection, String name, Outcome outcome)
            throws IOException {
        String login =
                JsonObject.builder()
                        .put("type", "m.login.password")
                        .put("identifier", identifier(name))
                        .put("password", Account.PASSWORD)
                        .build()
                        .toString();
        boolean there = connection.post(V3 + "/login", login).ok();
        if (there) {
            return;
        }
        if (outcome == Outcome.ACKNOWLEDGED) {
            figures.violation("lost: registration of " + name);
            return;
        }
        Answer again = connection.post(V3 + "/register", Account.registration(name));
        if (!again.ok()) {
            figures.violation("half a registration: " + name + " " + again.text());
        }
    }

    private static JsonObject identifier(String name) {
        return JsonObject.builder().put("type", "m.id.user").put("user", name).build();
    }

    private void checkReceipts(Connection connection) throws IOException {
        String filter =
                "{\"room\":{\"rooms\":[\"" + stage.shared() + "\"],\"timeline\":{\"limit\":1}}}";
        JsonObject answer = Account.sync(connection, "timeout=0&filter=" + escape(filter));
        Map<String, String> readUpTo = Receipts.readUpTo(answer, stage.shared());
        for (int n = 0; n < workers.size(); n++) {
            var cell = new Cell(Cell.Kind.RECEIPT, n, stage.shared());
            Ledger ledger = workers.get(n).ledger();
            List<String> possible = ledger.cells().get(cell);
            if (possible != null) {
                String user = workers.get(n).account().userId();
                checkCell(ledger, cell, possible, readUpTo.getOrDefault(user, Cell.ABSENT));
            }
        }
    }

    private void checkReader(Reader reader, Map<String, List<Seen>> fresh) throws IOException {
        reader.drain();
        for (var room : fresh.entrySet()) {
            List<String> stored = room.getValue().stream().map(Seen::eventId).toList();
            List<String> shown = reader.take(room.getKey());
            if (!shown.equals(stored)) {
                figures.violation(Difference.between("sync of " + room.getKey(), stored, shown));
            }
        }
    }

    /// A reader that saw every change must believe what reading everything at once has just told.
    private void checkFollowed(Reader reader) {
        for (Worker worker : workers) {
            reader.followed()
                    .differences(worker.account().userId(), worker.ledger())
                    .forEach(figures::violation);
        }
    }
}

package chat.hearth.homeserver.client.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/// Numbers that are not for events, and what are no numbers.
///
/// In events only integers within ±(2^53 − 1) may stand, as canonical JSON has no others. Account
/// data, profiles and filters are no events: the specification keeps fractions there, as in the
/// `order` of a tag, and what a client stores has to come back as it was.
///
/// See [Canonical JSON](https://spec.matrix.org/v1.19/appendices/#canonical-json) and [Room
/// Tagging](https://spec.matrix.org/v1.19/client-server-api/#room-tagging).
final class NumberRows {
    private static final List<String> NOT_FOR_EVENTS =
            List.of("9007199254740992", "-9007199254740992", "1.1", "1e3", "-0");

    private static final List<String> NO_NUMBERS =
            List.of("NaN", "Infinity", "-Infinity", "+1", ".5", "1.", "0x1");

    /// What other readers of JSON fail at, or take for infinity.
    private static final List<String> OUT_OF_RANGE = List.of("1e999999999", "-1e400");

    private NumberRows() {}

    /// A body that takes a number.
    ///
    /// @param operation method and path
    /// @param form the body around the number
    private record Slot(String operation, String form) {
        Row row(String number) {
            String[] parts = operation.split(" ", 2);
            return Row.of("C36", number + " in " + form + " to " + operation)
                    .by("alice")
                    .sends(parts[0], parts[1], form.formatted(number));
        }
    }

    private static List<Slot> inEvents() {
        String inner = "{\"n\":{\"a\":[%s]}}";
        return List.of(
                new Slot("PUT rooms/$room/send/m.room.message/number", "{\"n\":%s}"),
                new Slot("PUT rooms/$room/send/m.room.message/number", inner),
                new Slot(
                        "PUT rooms/$room/send/m.room.redaction/number",
                        "{\"redacts\":\"$event\",\"n\":%s}"),
                new Slot("PUT rooms/$room/state/t/number", "{\"n\":%s}"),
                new Slot("PUT rooms/$room/state/t/number", inner),
                new Slot(
                        "PUT rooms/$room/state/m.room.member/$alice",
                        "{\"membership\":\"join\",\"n\":%s}"),
                new Slot("PUT rooms/$room/state/m.room.power_levels/", "{\"events\":{\"t\":%s}}"),
                new Slot("POST createRoom", "{\"creation_content\":{\"n\":%s}}"),
                new Slot(
                        "POST createRoom",
                        "{\"initial_state\":[{\"type\":\"t\",\"content\":{\"n\":%s}}]}"),
                new Slot("POST createRoom", "{\"power_level_content_override\":{\"ban\":%s}}"));
    }

    private static List<Slot> elsewhere() {
        return List.of(
                new Slot("PUT user/$alice/account_data/org.example.number", "{\"n\":%s}"),
                new Slot(
                        "PUT user/$alice/rooms/$room/account_data/org.example.number",
                        "{\"n\":%s}"),
                new Slot("PUT profile/$alice/org.example.number", "{\"org.example.number\":%s}"));
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Slot slot : inEvents()) {
            NOT_FOR_EVENTS.forEach(each -> rows.add(slot.row(each).is(400, "M_BAD_JSON")));
            NO_NUMBERS.forEach(each -> rows.add(slot.row(each).is(400, "M_NOT_JSON")));
            OUT_OF_RANGE.forEach(each -> rows.add(slot.row(each).is(400, "M_BAD_JSON")));
        }
        for (Slot slot : elsewhere()) {
            NOT_FOR_EVENTS.forEach(each -> rows.add(kept(slot.row(each), each)));
            NO_NUMBERS.forEach(each -> rows.add(slot.row(each).is(400, "M_NOT_JSON")));
            OUT_OF_RANGE.forEach(each -> rows.add(slot.row(each).is(400, "M_BAD_JSON")));
        }
        var filter = new Slot("POST user/$alice/filter", "{\"org.example.number\":%s}");
        OUT_OF_RANGE.forEach(each -> rows.add(filter.row(each).is(400, "M_BAD_JSON")));
        rows.addAll(tags());
        rows.addAll(integersElsewhere());
        return rows;
    }

    private static Row kept(Row row, String number) {
        return row.isFine()
                .then(
                        (scene, _) -> {
                            String text =
                                    scene.send("alice", "GET", row.sent().path(), null).text();
                            double kept =
                                    Double.parseDouble(
                                            text.substring(
                                                    text.indexOf(':') + 1, text.length() - 1));
                            assertEquals(Double.parseDouble(number), kept, 0.0, text);
                        });
    }

    private static List<Row> tags() {
        var order = new Slot("PUT user/$alice/rooms/$room/tags/u.number", "{\"order\":%s}");
        List<Row> rows = new ArrayList<>();
        NO_NUMBERS.forEach(each -> rows.add(order.row(each).is(400, "M_NOT_JSON")));
        rows.add(
                order.row("0.25")
                        .isFine()
                        .then(
                                (scene, _) ->
                                        assertTrue(
                                                scene.send(
                                                                "alice",
                                                                "GET",
                                                                "user/$alice/rooms/$room/tags",
                                                                null)
                                                        .text()
                                                        .contains("0.25"))));
        return rows;
    }

    private static List<Row> integersElsewhere() {
        List<Row> rows = new ArrayList<>();
        for (String number : List.of("1.1", "99999999999999999999", "\"1\"", "1e400")) {
            rows.add(
                    new Slot("POST user/$alice/filter", "{\"room\":{\"timeline\":{\"limit\":%s}}}")
                            .row(number)
                            .is(400, "M_BAD_JSON"));
            rows.add(
                    new Slot("PUT rooms/$room/typing/$alice", "{\"typing\":true,\"timeout\":%s}")
                            .row(number)
                            .is(400, "M_BAD_JSON"));
        }
        return rows;
    }
}

package chat.hearth.homeserver.client.badinput;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Members of bodies that have another type than they should: nothing is guessed, nothing ignored.
final class MemberRows {
    private static final String PASSWORD =
            "\"type\":\"m.login.password\",\"user\":\"alice\",\"password\":\"secret\"";

    private MemberRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        bodies().forEach(
                        (operation, members) -> {
                            for (String member : members) {
                                rows.add(row(operation, member));
                            }
                        });
        return rows;
    }

    private static Row row(String operation, String member) {
        String[] parts = operation.split(" ", 2);
        Row row =
                Row.of("C35", member + " to " + operation)
                        .sends(parts[0], parts[1], "{" + member + "}")
                        .is(400, "M_BAD_JSON");
        boolean everybodys = List.of("login", "register", "refresh").contains(parts[1]);
        return everybodys ? row : row.by("alice");
    }

    private static Map<String, List<String>> bodies() {
        Map<String, List<String>> bodies = new TreeMap<>(ofAccounts());
        bodies.putAll(ofRooms());
        bodies.putAll(ofNewRooms());
        bodies.putAll(ofUsers());
        return bodies;
    }

    private static Map<String, List<String>> ofAccounts() {
        String account = "\"auth\":{\"type\":\"m.login.dummy\"},\"username\":\"zoe\"";
        return Map.of(
                "POST login",
                List.of(
                        "\"type\":1",
                        PASSWORD + ",\"identifier\":\"alice\"",
                        PASSWORD + ",\"identifier\":{\"type\":1}",
                        PASSWORD + ",\"identifier\":{\"type\":\"m.id.user\",\"user\":1}",
                        PASSWORD + ",\"device_id\":1",
                        PASSWORD + ",\"initial_device_display_name\":1",
                        PASSWORD + ",\"refresh_token\":\"true\"",
                        PASSWORD.replace("\"alice\"", "1"),
                        "\"type\":\"m.login.token\",\"token\":1"),
                "POST register",
                List.of(
                        account + ",\"password\":1",
                        account + ",\"password\":\"p\",\"device_id\":1",
                        account + ",\"password\":\"p\",\"initial_device_display_name\":[]",
                        account + ",\"password\":\"p\",\"inhibit_login\":\"true\"",
                        account + ",\"password\":\"p\",\"refresh_token\":1",
                        "\"auth\":\"m.login.dummy\"",
                        "\"auth\":{\"type\":1}",
                        "\"auth\":{\"type\":\"m.login.dummy\",\"session\":1}"),
                "POST refresh",
                List.of("\"refresh_token\":1"),
                "POST delete_devices",
                List.of(
                        "\"devices\":\"X\"",
                        "\"devices\":[1]",
                        "\"devices\":[\"X\"],\"auth\":{"
                                + PASSWORD.replace("\"secret\"", "1")
                                + "}",
                        "\"devices\":[\"X\"],\"auth\":[]"),
                "PUT devices/X",
                List.of("\"display_name\":1"),
                "POST account/password",
                List.of("\"new_password\":1", "\"new_password\":\"p\",\"logout_devices\":\"no\""),
                "POST account/deactivate",
                List.of("\"erase\":\"yes\""));
    }

    private static Map<String, List<String>> ofRooms() {
        return Map.ofEntries(
                Map.entry("POST join/$room", List.of("\"reason\":1")),
                Map.entry("POST rooms/$room/leave", List.of("\"reason\":1")),
                Map.entry("POST knock/$private", List.of("\"reason\":1")),
                Map.entry(
                        "POST rooms/$room/invite",
                        List.of(
                                "\"user_id\":[]",
                                "\"user_id\":null",
                                "\"user_id\":\"$dave\",\"reason\":1")),
                Map.entry(
                        "POST rooms/$room/kick",
                        List.of(
                                "\"user_id\":1",
                                "\"user_id\":null",
                                "\"user_id\":\"$bob\",\"reason\":1")),
                Map.entry(
                        "POST rooms/$room/ban",
                        List.of(
                                "\"user_id\":1",
                                "\"user_id\":null",
                                "\"user_id\":\"$bob\",\"reason\":1")),
                Map.entry(
                        "POST rooms/$room/unban",
                        List.of(
                                "\"user_id\":1",
                                "\"user_id\":null",
                                "\"user_id\":\"$carol\",\"reason\":1")),
                Map.entry("PUT rooms/$room/redact/$event/type", List.of("\"reason\":1")),
                Map.entry("PUT directory/room/%23new:hearth.test", List.of("\"room_id\":1")),
                Map.entry("PUT directory/list/room/$room", List.of("\"visibility\":1")),
                Map.entry(
                        "POST publicRooms",
                        List.of(
                                "\"limit\":\"1\"",
                                "\"since\":1",
                                "\"filter\":\"x\"",
                                "\"filter\":{\"generic_search_term\":1}",
                                "\"filter\":{\"room_types\":\"m.space\"}",
                                "\"filter\":{\"room_types\":[1]}",
                                "\"include_all_networks\":\"x\"",
                                "\"third_party_instance_id\":1")));
    }

    private static Map<String, List<String>> ofNewRooms() {
        return Map.of(
                "POST createRoom",
                List.of(
                        "\"name\":1",
                        "\"topic\":[]",
                        "\"visibility\":1",
                        "\"preset\":true",
                        "\"room_alias_name\":1",
                        "\"is_direct\":\"true\"",
                        "\"invite\":\"$bob\"",
                        "\"invite\":[1]",
                        "\"invite_3pid\":\"x\"",
                        "\"invite_3pid\":{}",
                        "\"creation_content\":[]",
                        "\"power_level_content_override\":\"x\"",
                        "\"initial_state\":\"x\"",
                        "\"initial_state\":[1]"));
    }

    private static Map<String, List<String>> ofUsers() {
        return Map.of(
                "PUT pushrules/global/content/typed",
                List.of("\"actions\":\"notify\",\"pattern\":\"x\"", "\"actions\":[],\"pattern\":1"),
                "PUT pushrules/global/override/typed",
                List.of("\"actions\":[],\"conditions\":{}", "\"actions\":[],\"conditions\":[1]"),
                "PUT pushrules/global/override/.m.rule.master/enabled",
                List.of("\"enabled\":\"true\"", "\"enabled\":1"),
                "PUT pushrules/global/override/.m.rule.master/actions",
                List.of("\"actions\":{}"),
                "PUT user/$alice/rooms/$room/tags/u.typed",
                List.of("\"order\":true", "\"order\":null"),
                "PUT presence/$alice/status",
                List.of("\"presence\":\"online\",\"status_msg\":1"));
    }
}

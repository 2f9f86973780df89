package chat.hearth.homeserver.client.badinput;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of the table: a request, its answer, and what must hold afterwards.
///
/// In the request's `path`, `body` and `raw` the names of the [Scene] such as `$room` stand for
/// what they name.
///
/// @param number the line's number in [BadInputs#LIST]
/// @param what what is wrong, in words
/// @param door which server it goes to
/// @param who the user who sends it, or the `$name` of an access token, or null for nobody
/// @param sent the request
/// @param expected the answer
/// @param before what happens before
/// @param checks what must hold afterwards
record Row(
        String number,
        String what,
        Door door,
        @Nullable String who,
        Sent sent,
        Expected expected,
        Step before,
        List<Check> checks) {

    /// A request.
    ///
    /// @param path below `/_matrix/client/v3/`, or whole when it begins with a slash
    /// @param headers names and values in turn
    /// @param raw the bytes to send instead, as Latin-1, null to send what the others say
    record Sent(
            String method,
            String path,
            @Nullable String body,
            List<String> headers,
            @Nullable String raw) {}

    /// An answer.
    ///
    /// @param errcode the error code, null where there is none
    /// @param softLogout whether the client is told to keep its store
    /// @param closes whether the connection ends with it
    record Expected(int status, @Nullable String errcode, boolean softLogout, boolean closes) {}

    /// What happens before a request.
    interface Step {
        void run(Scene scene) throws Exception;
    }

    /// What must hold after a request.
    interface Check {
        void run(Scene scene, Reply reply) throws Exception;
    }

    /// A line that begins with its number and what is wrong.
    static Row of(String number, String what) {
        var sent = new Sent("GET", "", null, List.of(), null);
        var expected = new Expected(0, null, false, false);
        return new Row(number, what, Door.OPEN, null, sent, expected, _ -> {}, List.of());
    }

    /// Sent by a user, or with the access token of a `$name`, or by nobody.
    Row by(@Nullable String user) {
        return new Row(number, what, door, user, sent, expected, before, checks);
    }

    /// Sent to another server.
    Row to(Door other) {
        return new Row(number, what, other, who, sent, expected, before, checks);
    }

    /// Sent after something else has happened.
    Row once(Step step) {
        return new Row(number, what, door, who, sent, expected, step, checks);
    }

    Row get(String at) {
        return sends("GET", at, null);
    }

    Row delete(String at) {
        return sends("DELETE", at, null);
    }

    Row put(String at, String json) {
        return sends("PUT", at, json);
    }

    Row post(String at, String json) {
        return sends("POST", at, json);
    }

    Row sends(String verb, String at, @Nullable String text) {
        return request(new Sent(verb, at, text, sent.headers, sent.raw));
    }

    /// With a header.
    Row with(String name, String value) {
        List<String> all = new ArrayList<>(sent.headers);
        all.add(name);
        all.add(value);
        return request(new Sent(sent.method, sent.path, sent.body, List.copyOf(all), sent.raw));
    }

    /// These bytes, whatever HTTP says about them.
    Row bytes(String latin1) {
        return request(new Sent(sent.method, sent.path, sent.body, sent.headers, latin1));
    }

    private Row request(Sent other) {
        return new Row(number, what, door, who, other, expected, before, checks);
    }

    /// Answered with an error.
    Row is(int errorStatus, String code) {
        return answered(new Expected(errorStatus, code, expected.softLogout, expected.closes));
    }

    /// Granted.
    Row isFine() {
        return answered(new Expected(200, null, expected.softLogout, expected.closes));
    }

    /// The client is told to keep its store.
    Row softly() {
        return answered(new Expected(expected.status, expected.errcode, true, expected.closes));
    }

    /// The connection ends with the answer.
    Row andCloses() {
        return answered(new Expected(expected.status, expected.errcode, expected.softLogout, true));
    }

    private Row answered(Expected other) {
        return new Row(number, what, door, who, sent, other, before, checks);
    }

    /// And this holds afterwards.
    Row then(Check check) {
        List<Check> all = new ArrayList<>(checks);
        all.add(check);
        return new Row(number, what, door, who, sent, expected, before, List.copyOf(all));
    }

    @Override
    public String toString() {
        return number + " " + what;
    }
}

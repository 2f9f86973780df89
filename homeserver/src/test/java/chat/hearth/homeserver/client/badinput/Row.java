package chat.hearth.homeserver.client.badinput;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of the table: a request, its answer, and what must hold afterwards.
///
/// In `path`, `body` and `raw` the names of the [Scene] such as `$room` stand for what they name.
///
/// @param number the line's number in the list of bad inputs
/// @param what what is wrong, in words
/// @param door which server it goes to
/// @param who the user who sends it, or the `$name` of an access token, or null for nobody
/// @param path below `/_matrix/client/v3/`, or whole when it begins with a slash
/// @param headers names and values in turn
/// @param raw the bytes to send instead, as Latin-1, null to send what the others say
/// @param status the status of the answer
/// @param errcode the error code of the answer, null where there is none
/// @param softLogout whether the client is told to keep its store
/// @param closes whether the connection ends with the answer
/// @param before what happens before
/// @param checks what must hold afterwards
record Row(
        String number,
        String what,
        Door door,
        @Nullable String who,
        String method,
        String path,
        @Nullable String body,
        List<String> headers,
        @Nullable String raw,
        int status,
        @Nullable String errcode,
        boolean softLogout,
        boolean closes,
        Step before,
        List<Check> checks) {

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
        return new Row(
                number, what, Door.OPEN, null, "GET", "", null, List.of(), null, 0, null, false,
                false, _ -> {}, List.of());
    }

    /// Sent by a user, or with the access token of a `$name`, or by nobody.
    Row by(@Nullable String user) {
        return copy(door, user, before);
    }

    /// Sent to another server.
    Row to(Door other) {
        return copy(other, who, before);
    }

    /// Sent after something else has happened.
    Row once(Step step) {
        return copy(door, who, step);
    }

    private Row copy(Door at, @Nullable String user, Step first) {
        return new Row(
                number,
                what,
                at,
                user,
                method,
                path,
                body,
                headers,
                raw,
                status,
                errcode,
                softLogout,
                closes,
                first,
                checks);
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
        return new Row(
                number,
                what,
                door,
                who,
                verb,
                at,
                text,
                headers,
                raw,
                status,
                errcode,
                softLogout,
                closes,
                before,
                checks);
    }

    /// With a header.
    Row with(String name, String value) {
        List<String> all = new ArrayList<>(headers);
        all.add(name);
        all.add(value);
        return new Row(
                number,
                what,
                door,
                who,
                method,
                path,
                body,
                List.copyOf(all),
                raw,
                status,
                errcode,
                softLogout,
                closes,
                before,
                checks);
    }

    /// These bytes, whatever HTTP says about them.
    Row bytes(String latin1) {
        return new Row(
                number,
                what,
                door,
                who,
                method,
                path,
                body,
                headers,
                latin1,
                status,
                errcode,
                softLogout,
                closes,
                before,
                checks);
    }

    /// Answered with an error.
    Row is(int errorStatus, String code) {
        return answered(errorStatus, code, softLogout, closes);
    }

    /// Granted.
    Row isFine() {
        return answered(200, null, softLogout, closes);
    }

    /// The client is told to keep its store.
    Row softly() {
        return answered(status, errcode, true, closes);
    }

    /// The connection ends with the answer.
    Row andCloses() {
        return answered(status, errcode, softLogout, true);
    }

    private Row answered(int code, @Nullable String error, boolean soft, boolean close) {
        return new Row(
                number, what, door, who, method, path, body, headers, raw, code, error, soft, close,
                before, checks);
    }

    /// And this holds afterwards.
    Row then(Check check) {
        List<Check> all = new ArrayList<>(checks);
        all.add(check);
        return new Row(
                number,
                what,
                door,
                who,
                method,
                path,
                body,
                headers,
                raw,
                status,
                errcode,
                softLogout,
                closes,
                before,
                List.copyOf(all));
    }

    @Override
    public String toString() {
        return number + " " + what;
    }
}

package chat.hearth.http;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What an endpoint answers. Immutable, apart from a body of [ByteSegments]; sent with a
/// `Content-Length` unless it is streamed.
public final class Response {
    private static final String JSON = "application/json";
    private static final ResponseBody EMPTY_OBJECT =
            new ResponseBody.Bytes("{}".getBytes(StandardCharsets.UTF_8));

    /// One more header of a response.
    record Field(String name, String value) {}

    private final int status;
    private final String contentType;
    private final ResponseBody body;
    private final List<Field> fields;

    private Response(int status, String contentType, ResponseBody body, List<Field> fields) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.fields = fields;
    }

    /// 200 with `{}`.
    public static Response empty() {
        return ok(JSON, EMPTY_OBJECT);
    }

    /// 200 with a record, written by JSON-B: components become members in snake case, nulls are
    /// left out.
    public static Response json(Record value) {
        return ok(JSON, new ResponseBody.Bound(value));
    }

    /// 200 with a JSON tree.
    public static Response json(JsonValue value) {
        return ok(JSON, new ResponseBody.Tree(value));
    }

    /// 200 with an object of one string member.
    public static Response json(String name, String value) {
        return json(JsonObject.of(name, value));
    }

    /// 200 with JSON text in UTF-8, sent as it is.
    public static Response json(byte[] text) {
        return ok(JSON, new ResponseBody.Bytes(text));
    }

    /// 200 with spliced JSON text, sent as it is.
    public static Response json(ByteSegments text) {
        return ok(JSON, new ResponseBody.Spliced(text));
    }

    /// 200 with JSON text in UTF-8 that `stream` writes piece by piece, for what is too long to be
    /// held in memory.
    public static Response json(BodyStream stream) {
        return ok(JSON, new ResponseBody.Streamed(stream));
    }

    /// 200 with content of another type.
    public static Response content(String contentType, byte[] bytes) {
        return ok(contentType, new ResponseBody.Bytes(bytes));
    }

    private static Response ok(String contentType, ResponseBody body) {
        return new Response(200, contentType, body, List.of());
    }

    /// This response with another status.
    public Response withStatus(int newStatus) {
        return new Response(newStatus, contentType, body, fields);
    }

    /// This response with one more header.
    public Response withHeader(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Response(status, contentType, body, List.copyOf(more));
    }

    Response withBody(ResponseBody newBody) {
        return new Response(status, contentType, newBody, fields);
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    ResponseBody body() {
        return body;
    }

    List<Field> fields() {
        return fields;
    }
}

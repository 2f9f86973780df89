package chat.hearth.homeserver.client.account;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// What a browser sends from a form (`application/x-www-form-urlencoded`).
final class FormBody {
    private final Map<String, String> fields;

    private FormBody(Map<String, String> fields) {
        this.fields = fields;
    }

    /// @throws MatrixException 400 when it is malformed
    static FormBody of(byte[] body) {
        var fields = new HashMap<String, String>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0) {
                fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new FormBody(fields);
    }

    /// A field; empty when it was left out.
    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new MatrixException(ErrCode.M_UNKNOWN, 400, "The form is malformed");
        }
    }
}

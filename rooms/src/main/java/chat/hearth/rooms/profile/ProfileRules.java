package chat.hearth.rooms.profile;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.nio.charset.StandardCharsets;

/// What may stand in a profile.
///
/// See [Profiles](https://spec.matrix.org/v1.19/client-server-api/#profiles) and [Common Namespaced
/// Identifier
/// Grammar](https://spec.matrix.org/v1.19/appendices/#common-namespaced-identifier-grammar).
final class ProfileRules {
    static final String DISPLAY_NAME = "displayname";
    static final String AVATAR_URL = "avatar_url";

    /// A whole profile may have so many bytes as canonical JSON.
    static final int PROFILE_BYTES_MAX = 64 * 1024;

    /// A field's name may have so many bytes.
    static final int NAME_BYTES_MAX = 255;

    /// A display name goes into every room, so it may have so many characters only. The
    /// specification sets no limit; this is what others have.
    static final int DISPLAY_NAME_CHARS_MAX = 256;

    /// An avatar's address goes into every room, so it may have so many characters only.
    static final int AVATAR_URL_CHARS_MAX = 1_000;

    private static final String TIME_ZONE = "m.tz";

    private ProfileRules() {}

    /// Whether a field stands in the user's memberships too.
    static boolean isInRooms(String field) {
        return field.equals(DISPLAY_NAME) || field.equals(AVATAR_URL);
    }

    /// @throws MatrixException 400 `M_KEY_TOO_LARGE` or `M_INVALID_PARAM`
    static void checkName(String field) {
        if (field.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
            throw new MatrixException(
                    ErrCode.M_KEY_TOO_LARGE,
                    400,
                    "The name of a profile field may have " + NAME_BYTES_MAX + " bytes");
        }
        if (!isName(field)) {
            throw MatrixException.invalidParam(
                    "The name of a profile field begins with a namespace, as org.example.name does,"
                            + " and consists of a-z, 0-9, '-', '_' and '.'");
        }
    }

    /// Whether a field can have this name: one that the specification gives it, or one in
    /// somebody's namespace.
    static boolean isName(String field) {
        return isInRooms(field)
                || field.length() <= NAME_BYTES_MAX
                        && isNamespaced(field)
                        && field.charAt(0) >= 'a'
                        && field.charAt(0) <= 'z'
                        && field.chars().allMatch(ProfileRules::isNameCharacter);
    }

    private static boolean isNamespaced(String field) {
        return field.indexOf('.') > 0 && !field.endsWith(".") && !field.contains("..");
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
    }

    /// @throws MatrixException 400 when the specification wants another kind of value in the field
    static void checkValue(String field, JsonValue value) {
        switch (field) {
            case DISPLAY_NAME -> checkLength(string(field, value), DISPLAY_NAME_CHARS_MAX);
            // Not only mxc: other servers take any address, and clients rely on that.
            case AVATAR_URL -> checkLength(string(field, value), AVATAR_URL_CHARS_MAX);
            case TIME_ZONE -> {
                var _ = string(field, value);
            }
            default -> {}
        }
    }

    /// Whether a value says that there is to be none: clients take display name and avatar away by
    /// an empty text.
    static boolean isRemoval(String field, JsonValue value) {
        return isInRooms(field) && value instanceof JsonString text && text.value().isEmpty();
    }

    private static String string(String field, JsonValue value) {
        if (value instanceof JsonString text) {
            return text.value();
        }
        throw MatrixException.badJson("'" + field + "' must be a string");
    }

    private static void checkLength(String text, int charsMax) {
        if (text.codePointCount(0, text.length()) > charsMax) {
            throw MatrixException.invalidParam("It may have " + charsMax + " characters");
        }
    }
}

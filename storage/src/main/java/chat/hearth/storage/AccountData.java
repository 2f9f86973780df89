package chat.hearth.storage;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;

/// A piece of a user's account data.
///
/// @param user the owner's number
/// @param room the room's number, 0 for global account data
/// @param type the event type
/// @param position where it stands in the stream
/// @param content the content: a JSON object
@SuppressWarnings("ArrayRecordComponent") // bytes are served as they are, never compared
public record AccountData(int user, int room, String type, long position, byte[] content) {
    /// The content, read anew each time.
    public JsonObject object() {
        return JsonReader.readObject(content);
    }
}
